#pragma once

#include <gtest/gtest.h>
#include <string_view>
#include <vector>

#include "spectra/io/read_spectra.hpp"

// The spectra of a text; a failed test when it is refused.
inline std::vector<singel::spectra::io::Measurement> parsed(std::string_view text,
                                                            std::string_view source = "sample.txt") {
    auto read = singel::spectra::io::parse_spectra(text, source);
    EXPECT_TRUE(read) << read.error().sentence();
    return read ? *read : std::vector<singel::spectra::io::Measurement>(1);
}

// Why a text is refused; a failed test when it is not.
inline singel::spectra::core::Error refused(std::string_view text, std::string_view source = "sample.txt") {
    const auto read = singel::spectra::io::parse_spectra(text, source);
    EXPECT_FALSE(read) << "read, but must not be";
    return read ? singel::spectra::core::Error{} : read.error();
}
