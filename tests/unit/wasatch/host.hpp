#pragma once

#include <algorithm>
#include <numeric>

#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "tests/unit/firmware-bridge/bench.hpp"

namespace singel::test {

namespace fid = wire::fid;
namespace operation = fid::operation;
using fid::Board;

// A host that knows which board it talks to.
struct Host : Bench {
    Host(std::string_view model, Board which, device::Scene scene = flat_raman(), device::Faults faults = {})
        : Bench(model, std::move(scene), std::move(faults)), board(which) {}

    void set(const fid::Operation& row, std::uint64_t value = 0) { bytes(start(fid::set(board, row, value))); }
    std::uint64_t get(const fid::Operation& row) {
        const auto number = fid::decode_number(row, bytes(start(fid::get(board, row))));
        EXPECT_TRUE(number) << row.name;
        return number.value_or(0xDEAD);
    }
    std::vector<std::uint16_t> read(std::size_t pixels) {
        const fid::Readout layout = fid::readout(board, pixels);
        std::vector<std::uint8_t> all =
            bytes(start_in(fid::spectrum_endpoint, fid::capacity(layout.first_bytes, 512)));
        if (layout.second_bytes > 0) {
            const auto rest = bytes(start_in(fid::second_spectrum_endpoint, layout.second_bytes));
            all.insert(all.end(), rest.begin(), rest.end());
        }
        const auto counts = fid::decode_spectrum(all, pixels);
        EXPECT_TRUE(counts);
        return counts ? *counts : std::vector<std::uint16_t>(pixels);
    }
    device::LaserTruth laser() { return (*this)->truth().laser; }
    Board board;
};

struct Wp785 : Host {
    explicit Wp785(device::Scene scene = flat_raman(), device::Faults faults = {})
        : Host("WP-785", Board::fx2, std::move(scene), std::move(faults)) {}
    std::vector<std::uint16_t> frame(milliseconds integration) {
        set(operation::integration_time, static_cast<std::uint64_t>(integration.count()));
        set(operation::acquire);
        pass(integration);
        return read(2048);
    }
};

inline double mean(const std::vector<std::uint16_t>& counts, std::size_t first = 100, std::size_t last = 1100) {
    return std::accumulate(counts.begin() + first, counts.begin() + last, 0.0) / double(last - first);
}

inline std::vector<fid::Page> memory(Host& host) {
    std::vector<fid::Page> pages(fid::page_count);
    for (std::uint16_t i = 0; i < fid::page_count; ++i) {
        const auto bytes = host.bytes(host.start(fid::get(host.board, operation::eeprom_page, i)));
        EXPECT_EQ(bytes.size(), 64u);
        std::copy_n(bytes.begin(), 64, pages[i].begin());
    }
    return pages;
}

struct Wp785xs : Host {
    explicit Wp785xs(device::Scene scene = flat_raman()) : Host("WP-785XS", Board::arm, std::move(scene)) {}
    void awake(milliseconds integration) {
        set(operation::integration_time, static_cast<std::uint64_t>(integration.count()));
        set(operation::acquire);
        pass(milliseconds(20) + 9 * integration);
        read(1952);
    }
};

}  // namespace singel::test
