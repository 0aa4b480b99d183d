#pragma once

#include "tests/accuracy/figures.hpp"
#include "tests/accuracy/scene.hpp"

// One function a row of the table; what each measures and what is asked of it stands in its source.
namespace singel::tests::accuracy {

void row_pures(Scene& scene, Table& table);        // A
void row_liquids(Scene& scene, Table& table);      // B, and U on B
void row_sums(Scene& scene, Table& table);         // C, and S
void row_false_names(Scene& scene, Table& table);  // F
void row_struck(Scene& scene, Table& table);       // U
void row_limits(Scene& scene, Table& table);       // L
void row_certainty(Scene& scene, Table& table);    // S

// C's samples of one direction, measured once: pairs or triples at 2, 5, 10, 20 and 50 %.
const std::vector<Outcome>& outcomes_of_sums(Scene& scene, std::size_t direction, std::size_t parts);

}  // namespace singel::tests::accuracy
