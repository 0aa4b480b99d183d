#include "spectra/calibrate/polynomial.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

using namespace singel::spectra::calibrate;

TEST(Polynomial, AndItsSlopeAreExact) {
    const std::vector<double> c{1.0, -2.0, 0.5};
    EXPECT_DOUBLE_EQ(polynomial(c, 3.0), -0.5);
    EXPECT_DOUBLE_EQ(polynomial_slope(c, 3.0), 1.0);
    EXPECT_DOUBLE_EQ(polynomial({}, 3.0), 0.0);
}

TEST(FitPolynomial, FindsTheCoefficientsOfAWavelengthAxis) {
    const std::vector<double> truth{756.0834, 0.17746877, -4.10840e-5, 1.09949e-8};
    std::vector<double> x, y;
    for (double p : {50.0, 300.0, 420.0, 777.0, 1100.0, 1500.0, 1900.0})
        x.push_back(p), y.push_back(polynomial(truth, p));
    const auto fit = fit_polynomial(x, y, std::vector<double>(x.size(), 0.01), 3);
    ASSERT_TRUE(fit);
    for (double p : {0.0, 1000.0, 1951.0}) EXPECT_NEAR(polynomial(fit->coefficients, p), polynomial(truth, p), 1e-8);
    EXPECT_NEAR(fit->coefficients[3] / truth[3], 1.0, 1e-6);
}

TEST(FitPolynomial, CountsAnOutlierLessThanTheRest) {
    std::vector<double> x, y;
    for (int i = 0; i < 20; ++i) x.push_back(i), y.push_back(5.0 + 2.0 * i);
    y[10] += 50.0;
    const auto fit = fit_polynomial(x, y, std::vector<double>(20, 0.1), 1);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(polynomial(fit->coefficients, 10.0), 25.0, 0.2);
    EXPECT_NEAR(fit->residuals[10], 50.0, 0.2);
}

TEST(FitPolynomial, HasACovarianceThatCoversItsErrors) {
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    double squares = 0.0;
    for (int run = 0; run < 400; ++run) {
        std::vector<double> x, y;
        for (int i = 0; i < 30; ++i) x.push_back(10.0 * i), y.push_back(1.0 + 0.5 * x.back() + 0.1 * normal(random));
        const auto fit = fit_polynomial(x, y, std::vector<double>(30, 0.1), 1);
        ASSERT_TRUE(fit);
        squares += std::pow(fit->coefficients[1] - 0.5, 2.0) / fit->covariance[3] / 400.0;
    }
    // The variance is never taken below what sigma says, so it is a little generous.
    EXPECT_NEAR(squares, 0.95, 0.25);
}

TEST(FitPolynomial, LeavesEachPointOutExactly) {
    const std::vector<double> x{0.0, 1.0, 2.0, 3.0}, y{0.0, 1.1, 1.9, 3.0}, sigma(4, 1.0);
    const auto fit = fit_polynomial(x, y, sigma, 1);
    ASSERT_TRUE(fit);
    const auto without =
        fit_polynomial(std::vector{1.0, 2.0, 3.0}, std::vector{1.1, 1.9, 3.0}, std::vector(3, 1.0), 1);
    ASSERT_TRUE(without);
    EXPECT_NEAR(fit->left_out[0], 0.0 - polynomial(without->coefficients, 0.0), 1e-9);
}

TEST(FitPolynomial, RefusesFewerPointsThanCoefficients) {
    const std::vector<double> two{1.0, 2.0}, same{1.0, 1.0}, sigma{1.0, 1.0};
    EXPECT_FALSE(fit_polynomial(two, two, sigma, 2));
    EXPECT_FALSE(fit_polynomial(same, two, sigma, 1));
}
