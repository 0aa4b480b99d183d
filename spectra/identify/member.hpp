#pragma once

#include <cstddef>
#include <map>
#include <memory>

#include "spectra/identify/library.hpp"

namespace singel::spectra::identify {

// One reference made ready to be fitted: its shape, the shapes of its usual deviations, and the variance of
// what is left of the mismatch. All at unit amplitude.
struct Member {
    std::size_t index = 0;
    double area = 0.0;
    Vector shape;     // unit norm, baseline-free
    Shapes nuisance;  // derivative, derivative · x, second derivative, four regions' response
    Vector prior_sd;  // of the nuisance coefficients over the amplitude
    Vector mismatch;  // variance
};

Member make_member(const Library& library, std::size_t index);
// With other learned figures than the library's.
Member make_member(const Library& library, std::size_t index, const Learned& learned);

// The members used while one spectrum is identified; each is made once. Not shared between threads.
class Members {
public:
    explicit Members(const Library& library) : library_(library) {}
    const Library& library() const { return library_; }
    const Member& operator[](std::size_t index);
    const std::map<std::size_t, std::unique_ptr<Member>>& made() const { return made_; }

private:
    const Library& library_;
    std::map<std::size_t, std::unique_ptr<Member>> made_;
};

}  // namespace singel::spectra::identify
