#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "instrument/families.hpp"
#include "instrument/transport.hpp"

// Reading and writing an instrument's calibration memory as it is, for service work. Drivers never write.
namespace singel::instrument {

// The piece in which a family reads and writes: an OOI slot (15 bytes), a Wasatch page (64 bytes).
struct MemoryPage {
    unsigned number = 0;
    std::vector<std::uint8_t> bytes;
    friend bool operator==(const MemoryPage&, const MemoryPage&) = default;
};

// What the pages say of themselves.
struct MemoryIdentity {
    std::string model, serial;          // as the memory spells them; empty: it says nothing
    std::vector<std::string> problems;  // why the memory cannot be used, one sentence each; empty: it can
};

struct Version {
    std::string part, text;  // "FPGA", "4.05.6"
};

// One row a family. Coroutines run on the transport's executor, throw core::Failure and honour cancellation.
struct MemoryService {
    std::string_view family;     // as in families()
    std::string_view page_word;  // what a person calls a page: "slot", "page"
    boost::asio::awaitable<std::vector<MemoryPage>> (*read)(TransportPtr link, KnownModel model);
    boost::asio::awaitable<MemoryPage> (*read_page)(TransportPtr link, KnownModel model, unsigned number);
    // Returns when the next command may be sent. Nothing answers a write: read it back.
    boost::asio::awaitable<void> (*write_page)(TransportPtr link, KnownModel model, MemoryPage page);
    MemoryIdentity (*identify)(KnownModel model, std::span<const MemoryPage> pages);
    boost::asio::awaitable<std::vector<Version>> (*versions)(TransportPtr link, KnownModel model);
};

std::span<const MemoryService> memory_services();
const MemoryService* memory_service_of(std::string_view family);  // nullptr: none is built for it

}  // namespace singel::instrument
