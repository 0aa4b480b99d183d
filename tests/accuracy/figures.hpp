#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/accuracy/score.hpp"

// The one table that is printed, and the same for machines.
namespace singel::tests::accuracy {

enum class Aim { at_least, at_most };

// What is asked of a figure: the floor that must be reached and what is aimed for.
struct Asked {
    double floor = 0.0;
    std::optional<double> stretch;
    Aim aim = Aim::at_least;
};

struct Figure {
    std::string row, what;
    double value = 0.0;
    Range range;     // 95 %
    double n = 0.0;  // trials
    std::optional<Asked> asked;
};

// "reached"; "short, within error" when the floor lies in the 95 % range; "short"; "" when nothing is asked.
std::string verdict(const Figure& figure);

struct Table {
    std::string head;
    std::vector<std::string> facts;  // what was measured on what: splits, seeds
    std::vector<Figure> figures;
    std::vector<std::string> notes;  // misses by name, reliability bins

    void add(std::string row, std::string what, const Ratio& ratio, std::optional<Asked> asked = {});
    void note(std::string row, std::string text);
};

std::string text_of(const Table& table);
std::string json_of(const Table& table);

}  // namespace singel::tests::accuracy
