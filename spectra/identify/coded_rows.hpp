#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "spectra/core/parallel.hpp"

// Float rows as one byte a point, with a bound on what the bytes leave out: a search reads a quarter of the memory
// and knows how far it may be wrong.
namespace singel::spectra::identify {

using FloatRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Float rows that lie somewhere, in memory of our own or in a mapped file; a view.
class RowsView {
public:
    RowsView() = default;
    RowsView(const float* values, Eigen::Index rows, Eigen::Index columns)
        : values_(values), rows_(rows), columns_(columns) {}
    Eigen::Index rows() const { return rows_; }
    Eigen::Index cols() const { return columns_; }
    Eigen::Map<const Eigen::RowVectorXf> row(Eigen::Index i) const { return {values_ + i * columns_, columns_}; }

private:
    const float* values_ = nullptr;
    Eigen::Index rows_ = 0, columns_ = 0;
};

// row = scale * codes + rest, point for point.
struct CodedRow {
    float scale = 0.0f;
    float rest = 0.0f;                  // Euclid norm of the rest, never too small
    std::int32_t sum = 0, squares = 0;  // of the codes
};

struct CodedRows {
    std::size_t stride = 0;  // codes a row: its points, filled up with 0
    std::span<const CodedRow> rows;
    std::span<const std::int8_t> codes;
    std::shared_ptr<const void> owner;

    std::size_t size() const { return rows.size(); }
    const std::int8_t* codes_of(std::size_t i) const { return codes.data() + i * stride; }
};

std::size_t stride_of(Eigen::Index points);

// Codes one row into stride places.
CodedRow code_row(Eigen::Map<const Eigen::RowVectorXf> row, std::span<std::int8_t> codes);

CodedRows code_rows(const RowsView& rows, const core::ParallelFor& parallel = core::in_order);

// What rows are multiplied with: values = scale * codes + rest.
struct CodedQuery {
    std::vector<std::int16_t> codes;  // filled up with 0
    double scale = 0.0, rest = 0.0, norm = 0.0;
};

CodedQuery code_query(std::span<const double> values);

}  // namespace singel::spectra::identify
