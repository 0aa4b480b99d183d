#include "tests/accuracy/measured.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string_view>

#include "spectra/io/read_spectra.hpp"
#include "spectra/process/resample.hpp"

namespace singel::tests::accuracy {
namespace {

// Solids of the shared set: their forms, grains and orientations differ between instruments as powders' do.
constexpr std::array<std::string_view, 25> solids{"acetaminophen",
                                                  "caffeine",
                                                  "ibuprofen",
                                                  "ketoprofen",
                                                  "metamizol Mg",
                                                  "hydrocortisone",
                                                  "lactose",
                                                  "glucose",
                                                  "sucrose",
                                                  "urea",
                                                  "citric acid",
                                                  "melamine",
                                                  "thiamine HCl",
                                                  "methyl paraben",
                                                  "alanine",
                                                  "glycine",
                                                  "arginine",
                                                  "EDTA",
                                                  "sodium hydrogen carbonate",
                                                  "calcium carbonate",
                                                  "sodium acetate",
                                                  "sodium sulfate",
                                                  "potassium dihydrogen phosphate",
                                                  "sodium carbonate",
                                                  "polyethylene glycol"};

std::vector<Item> read_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Item> items;
    for (const auto& file : files) {
        const auto read = spectra::io::read_spectra(file);
        if (!read || read->empty()) continue;
        items.push_back({file.stem().string(), read->front().scan()});
        items.back().spectrum.technique = core::Technique::raman;
    }
    return items;
}

// "a.csv","b.csv;c.csv" without its quotes and endings.
std::vector<std::string> stems(const std::string& cell) {
    std::vector<std::string> names;
    std::istringstream parts(cell);
    for (std::string part; std::getline(parts, part, ';');) names.push_back(part.substr(0, part.rfind('.')));
    return names;
}

std::vector<Pair> read_pairs(const std::filesystem::path& file, const Measured& measured) {
    std::map<std::string, std::size_t> queries, references;
    for (std::size_t i = 0; i < measured.queries.size(); ++i) queries[measured.queries[i].name] = i;
    for (std::size_t i = 0; i < measured.library.size(); ++i) references[measured.library[i].name] = i;
    std::vector<Pair> pairs;
    std::ifstream lines(file);
    std::string line;
    std::getline(lines, line);  // the names of the columns
    while (std::getline(lines, line)) {
        std::erase_if(line, [](char c) { return c == '"' || c == '\r'; });
        const auto comma = line.find(',');
        const std::string query = stems(line.substr(0, comma)).front();
        if (!queries.contains(query)) continue;
        Pair pair{queries[query], {}, std::ranges::find(solids, query) != solids.end()};
        for (const std::string& name : stems(line.substr(comma + 1)))
            if (references.contains(name)) pair.references.push_back(references[name]);
        if (!pair.references.empty()) pairs.push_back(std::move(pair));
    }
    return pairs;
}

struct Band {
    double place = 0.0, height = 0.0, width = 0.0;
};

Item drawn(const std::string& name, const std::vector<Band>& bands, double first, double step,
           std::mt19937_64& random) {
    const std::size_t points = static_cast<std::size_t>(1700.0 / step);
    Item item{name, {}};
    item.spectrum.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, first, step, points);
    item.spectrum.technique = core::Technique::raman;
    item.spectrum.noise = core::NoiseBasis::estimated;
    std::normal_distribution<double> normal;
    for (std::size_t i = 0; i < points; ++i) {
        const double x = item.spectrum.axis[i];
        double y = 2000.0 + 3000.0 * std::exp(-(x - first) / 900.0) + 8.0 * normal(random);
        for (const Band& band : bands) {
            const double u = (x - band.place) / band.width;
            y += 5000.0 * band.height / (1.0 + u * u);
        }
        item.spectrum.values.push_back(y);
    }
    return item;
}

// Substances of 6 to 16 lines; the second instrument shifts, broadens and weighs them differently.
Measured made_up(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> place(380.0, 1750.0), part(0.0, 1.0);
    std::normal_distribution<double> normal;
    Measured measured{{}, "made-up substances (no shared data found)", {}};
    for (std::size_t i = 0; i < 40; ++i) {
        std::vector<Band> here(6 + static_cast<std::size_t>(10.0 * part(random))), there;
        for (Band& band : here) band = {place(random), std::pow(part(random), 2.0) + 0.05, 3.0 + 4.0 * part(random)};
        for (const Band& band : here)
            there.push_back(
                {band.place + 0.5 * normal(random),
                 band.height * std::exp(0.15 * normal(random)) * (0.8 + 0.4 * (band.place - 380.0) / 1370.0),
                 band.width * 1.2});
        const std::string name = "substance " + std::to_string(i + 1);
        measured.library.push_back(drawn(name, here, 310.0, 1.0, random));
        measured.queries.push_back(drawn(name, there, 305.3, 1.7, random));
        measured.pairs.push_back({i, {i}, true});
    }
    return measured;
}

}  // namespace

Measured measured(const std::filesystem::path& folder, std::uint64_t seed) {
    if (!std::filesystem::exists(folder / "raman-pairs.csv")) return made_up(seed);
    Measured result{{read_folder(folder / "raman-queries-785x"), {}},
                    "shared data: 785XS library, 785X queries",
                    read_folder(folder / "raman-library-785xs")};
    result.pairs = read_pairs(folder / "raman-pairs.csv", result);
    return result;
}

Measured reversed(const Measured& measured) {
    Measured result{{measured.library, {}}, measured.origin + ", exchanged", measured.queries};
    for (const Pair& pair : measured.pairs)
        for (const std::size_t reference : pair.references)
            result.pairs.push_back({reference, {pair.query}, pair.solid});
    return result;
}

std::vector<Item> with_distractors(const std::vector<Item>& items, std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> distance(40.0, 400.0);
    std::vector<Item> all = items;
    for (std::size_t i = 0; i < count; ++i) {
        const core::Spectrum& from = items[(i * 7) % items.size()].spectrum;
        const auto size = static_cast<std::ptrdiff_t>(from.size());
        const double step = (from.axis.high() - from.axis.low()) / static_cast<double>(size - 1);
        const auto moved = static_cast<std::ptrdiff_t>(distance(random) / step);
        Item item{"distractor " + std::to_string(i), from};
        for (std::ptrdiff_t k = 0; k < size; ++k) {
            const std::ptrdiff_t place = i % 2 == 0 ? k + moved : size - 1 - k + moved;
            const std::ptrdiff_t inside = place < size ? place : 2 * size - 1 - place;  // mirrored at the end
            item.spectrum.values[static_cast<std::size_t>(k)] = from.values[static_cast<std::size_t>(inside)];
        }
        all.push_back(std::move(item));
    }
    return all;
}

core::ReferenceSet reference_set(const std::vector<Item>& items) {
    double low = 1e9, high = -1e9;
    for (const Item& item : items) {
        low = std::min(low, item.spectrum.axis.low());
        high = std::max(high, item.spectrum.axis.high());
    }
    core::ReferenceSet set;
    set.id = "accuracy";
    set.technique = core::Technique::raman;
    const auto points = static_cast<std::size_t>(std::floor(high - std::ceil(low))) + 1;
    set.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, std::ceil(low), 1.0, points);
    auto values = std::make_shared<std::vector<float>>(items.size() * points, 0.0f);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto row = core::value_or_throw(spectra::process::resample(items[i].spectrum, set.axis)).values;
        core::Reference reference;
        reference.substance.name = items[i].name;
        const auto finite = [](double value) { return std::isfinite(value); };
        reference.first = static_cast<std::size_t>(std::ranges::find_if(row, finite) - row.begin());
        reference.last =
            points - static_cast<std::size_t>(std::find_if(row.rbegin(), row.rend(), finite) - row.rbegin());
        for (std::size_t k = reference.first; k < reference.last; ++k)
            (*values)[i * points + k] = static_cast<float>(row[k]);
        set.references.push_back(std::move(reference));
    }
    set.values = *values;
    set.owner = values;
    return set;
}

}  // namespace singel::tests::accuracy
