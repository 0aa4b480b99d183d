#include <fmt/format.h>

#include "tests/accuracy/rows.hpp"

// S: certainty against observed frequency, over every member fitted in C's samples; the range is a bootstrap over the
// substances.
namespace singel::tests::accuracy {

void row_certainty(Scene& scene, Table& table) {
    teach_solids(scene);
    for (std::size_t at = 0; at < scene.directions.size(); ++at)
        for (const std::size_t parts : {std::size_t{2}, std::size_t{3}}) {
            const auto& outcomes = outcomes_of_sums(scene, at, parts);
            const std::string what =
                fmt::format("{}{}", parts == 2 ? "pairs" : "triples", at == 0 ? "" : ", exchanged");
            for (const double least : {0.0, scene.directions[at].library->learned.possible}) {
                const auto bins = reliability(outcomes, least);
                double n = 0.0;
                for (const Bin& bin : bins) n += static_cast<double>(bin.count);
                table.figures.push_back(
                    {"S", fmt::format("{}, calibration error{}", what, least > 0.0 ? " of what is shown" : ""),
                     calibration_error(bins), calibration_range(outcomes, least, scene.options.seed), n,
                     least > 0.0 ? std::optional<Asked>() : Asked{0.04, 0.02, Aim::at_most}});
            }
            std::string text = what + ", certainty/observed/count:";
            for (const Bin& bin : reliability(outcomes))
                text += fmt::format(" {:.2f}/{:.2f}/{}", bin.predicted, bin.observed, bin.count);
            table.note("S", text);
        }
}

}  // namespace singel::tests::accuracy
