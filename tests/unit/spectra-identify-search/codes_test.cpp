#include <gtest/gtest.h>
#include <random>

#include "spectra/identify/coded_rows.hpp"
#include "spectra/identify/dot_int8.hpp"

namespace singel::tests {
namespace {

namespace identify = spectra::identify;

class EveryInstructionSet : public testing::TestWithParam<identify::Instructions> {
protected:
    const identify::CodeKernels& kernels = identify::kernels_of(GetParam());
};

TEST_P(EveryInstructionSet, MultipliesAsSixtyFourBitArithmeticDoes) {
    std::mt19937 random(5);
    std::uniform_int_distribution<int> code(-127, 127), query(-8191, 8191), weight(0, 32767);
    for (const std::size_t length : {32u, 64u, 1024u, 2048u}) {
        std::vector<std::int8_t> codes(length);
        std::vector<std::int16_t> queries(length), weights(length);
        std::int64_t dot = 0, squares = 0;
        for (std::size_t k = 0; k < length; ++k) {
            codes[k] = static_cast<std::int8_t>(code(random));
            queries[k] = static_cast<std::int16_t>(query(random));
            weights[k] = static_cast<std::int16_t>(weight(random));
            dot += std::int64_t{codes[k]} * queries[k];
        }
        for (std::size_t k = 0; k < length; k += 2)
            squares += (std::int64_t{codes[k]} * codes[k] * weights[k] +
                        std::int64_t{codes[k + 1]} * codes[k + 1] * weights[k + 1]) /
                       1024;
        EXPECT_EQ(kernels.dot(codes.data(), queries.data(), length), dot) << length;
        EXPECT_EQ(kernels.squares(codes.data(), weights.data(), length), squares) << length;
    }
}

TEST_P(EveryInstructionSet, HoldsTheGreatestValuesWithoutOverflow) {
    constexpr std::size_t length = 2048;
    const std::vector<std::int8_t> high(length, 127), low(length, -127);
    const std::vector<std::int16_t> query(length, 8191), weights(length, 32767);
    constexpr std::int64_t dot = 127LL * 8191 * length, square = 127LL * 127 * 32767;
    EXPECT_EQ(kernels.dot(high.data(), query.data(), length), dot);
    EXPECT_EQ(kernels.dot(low.data(), query.data(), length), -dot);
    EXPECT_EQ(kernels.squares(low.data(), weights.data(), length), 2 * square / 1024 * (length / 2));
}

TEST_P(EveryInstructionSet, SumsUnitWeightsToPlainSquares) {
    const std::vector<std::int8_t> codes(64, -3);
    const std::vector<std::int16_t> weights(64, identify::unit_weight);
    EXPECT_EQ(kernels.squares(codes.data(), weights.data(), 64), 64 * 9);
}

INSTANTIATE_TEST_SUITE_P(ThisProcessor, EveryInstructionSet, testing::ValuesIn(identify::available_instructions()));

identify::FloatRows one_row(const std::vector<float>& values) {
    return Eigen::Map<const Eigen::RowVectorXf>(values.data(), static_cast<Eigen::Index>(values.size()));
}

// Norm of what scale and codes leave of the row, in long double.
long double rest_of(const identify::FloatRows& rows, const identify::CodedRows& coded, std::size_t i) {
    long double squares = 0.0L;
    for (Eigen::Index k = 0; k < rows.cols(); ++k) {
        const long double rest = static_cast<long double>(rows(static_cast<Eigen::Index>(i), k)) -
                                 static_cast<long double>(coded.rows[i].scale) * coded.codes_of(i)[k];
        squares += rest * rest;
    }
    return std::sqrt(squares);
}

TEST(CodedRows, NeverUnderstateWhatTheCodesLeaveOut) {
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    identify::FloatRows rows(40, 333);
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const float size = std::pow(10.0f, static_cast<float>(i - 20));  // from 1e-20 to 1e19
        for (Eigen::Index k = 0; k < rows.cols(); ++k) rows(i, k) = size * normal(random);
    }
    const auto coded = identify::code_rows({rows.data(), rows.rows(), rows.cols()});
    for (std::size_t i = 0; i < coded.size(); ++i) {
        EXPECT_GE(static_cast<long double>(coded.rows[i].rest), rest_of(rows, coded, i)) << i;
        EXPECT_LT(coded.rows[i].rest, 0.02f * rows.row(static_cast<Eigen::Index>(i)).norm()) << i;
    }
}

TEST(CodedRows, OfZerosHaveNoRest) {
    const auto row = one_row(std::vector<float>(100, 0.0f));
    const auto coded = identify::code_rows({row.data(), 1, row.cols()});
    EXPECT_EQ(coded.rows[0].scale, 0.0f);
    EXPECT_EQ(coded.rows[0].rest, 0.0f);
}

TEST(CodedRows, LeaveARowTooFaintForItsScaleToTheRest) {
    const auto row = one_row(std::vector<float>(100, 1e-42f));
    const auto coded = identify::code_rows({row.data(), 1, row.cols()});
    EXPECT_EQ(coded.rows[0].scale, 0.0f);
    EXPECT_EQ(coded.rows[0].squares, 0);
}

TEST(CodedQuery, NeverUnderstatesWhatItsCodesLeaveOut) {
    std::vector<double> values{0.0, 1e-9, -0.3, 1.0, 0.70001, -1.0};
    const auto query = identify::code_query(values);
    long double squares = 0.0L;
    for (std::size_t k = 0; k < values.size(); ++k) {
        const long double rest =
            static_cast<long double>(values[k]) - static_cast<long double>(query.scale) * query.codes[k];
        squares += rest * rest;
    }
    EXPECT_GE(static_cast<long double>(query.rest), std::sqrt(squares));
    EXPECT_LT(query.rest, 1e-3);
}

TEST(CodedQuery, NarrowsItsRangeSoThatLongSumsFit) {
    const std::vector<double> values(65536, 1.0);
    const auto query = identify::code_query(values);
    EXPECT_LE(127LL * query.codes[0] * 65536, 2147483647LL);
    EXPECT_GT(query.codes[0], 200);
}

}  // namespace
}  // namespace singel::tests
