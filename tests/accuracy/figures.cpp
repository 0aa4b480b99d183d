#include "tests/accuracy/figures.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace singel::tests::accuracy {
namespace {

constexpr std::uint64_t bootstrap_seed = 20;

std::string asked_text(const Asked& asked) {
    std::string text = fmt::format("{} {:.3g}", asked.aim == Aim::at_least ? ">=" : "<=", asked.floor);
    if (asked.stretch) text += fmt::format(" ({:.3g})", *asked.stretch);
    return text;
}

bool fulfils(double value, const Asked& asked) {
    return asked.aim == Aim::at_least ? value >= asked.floor : value <= asked.floor;
}

}  // namespace

std::string verdict(const Figure& figure) {
    if (!figure.asked || figure.n <= 0.0) return "";
    if (fulfils(figure.value, *figure.asked)) return "reached";
    const bool inside = figure.range.low <= figure.asked->floor && figure.asked->floor <= figure.range.high;
    return inside ? "short, within error" : "short";
}

void Table::add(std::string row, std::string what, const Ratio& ratio, std::optional<Asked> asked) {
    figures.push_back(
        {std::move(row), std::move(what), ratio.value(), ratio.interval(bootstrap_seed), ratio.trials(), asked});
}

void Table::note(std::string row, std::string text) {
    notes.push_back(fmt::format("{:<3}{}", row, text));
}

std::string text_of(const Table& table) {
    std::string text = table.head + "\n";
    for (const std::string& fact : table.facts) text += "  " + fact + "\n";
    text +=
        fmt::format("\n{:<3}{:<78}{:>9}{:>16}{:>7}  {:<15}{}\n", "", "", "measured", "95 %", "n", "floor (aim)", "");
    for (const Figure& figure : table.figures)
        text += fmt::format("{:<3}{:<78}{:>9.3f}{:>8.3f} -{:>6.3f}{:>7.0f}  {:<15}{}\n", figure.row, figure.what,
                            figure.value, figure.range.low, figure.range.high, figure.n,
                            figure.asked ? asked_text(*figure.asked) : "", verdict(figure));
    if (!table.notes.empty()) text += "\n";
    for (const std::string& note : table.notes) text += note + "\n";
    return text;
}

std::string json_of(const Table& table) {
    nlohmann::ordered_json all{{"format", "singel-accuracy"},
                               {"version", 1},
                               {"head", table.head},
                               {"facts", table.facts},
                               {"notes", table.notes}};
    for (const Figure& figure : table.figures) {
        nlohmann::ordered_json one{
            {"row", figure.row},          {"what", figure.what},          {"value", figure.value},
            {"low_95", figure.range.low}, {"high_95", figure.range.high}, {"n", figure.n}};
        if (figure.asked) {
            one["floor"] = figure.asked->floor;
            one["floor_is"] = figure.asked->aim == Aim::at_least ? "at_least" : "at_most";
            if (figure.asked->stretch) one["aim"] = *figure.asked->stretch;
            one["verdict"] = verdict(figure);
        }
        all["figures"].push_back(std::move(one));
    }
    return all.dump(1) + "\n";
}

}  // namespace singel::tests::accuracy
