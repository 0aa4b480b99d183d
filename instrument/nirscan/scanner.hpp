#pragma once

#include "instrument/nirscan/line.hpp"
#include "instrument/nirscan/models.hpp"

namespace singel::instrument::nirscan {

// One scan after another, each checked against what was asked for.
class Scanner {
public:
    Scanner(Line& line, Transport& link, const Model& model);

    // Lets a scan that runs end; the last scan becomes known, so that it is not taken for a new one.
    boost::asio::awaitable<void> settle();
    // Puts our configuration in force; lamp and mirrors belong to the scan.
    boost::asio::awaitable<void> configure();
    // A new scan. Throws protocol for one that is not what was asked for.
    boost::asio::awaitable<wire::Scan> scan();
    boost::asio::awaitable<void> note_last();

    std::chrono::milliseconds takes() const { return takes_; }  // a whole scan, as the instrument says
    const wire::Configuration& configuration() const { return configuration_; }
    std::uint64_t stale() const { return stale_; }  // scans that came again instead of a new one
    std::uint64_t count() const { return count_; }  // the instrument's own, of the last one

private:
    boost::asio::awaitable<void> wait_for_end();
    boost::asio::awaitable<wire::Scan> attempt();
    void check(const wire::Scan& scan) const;
    bool is_new(const wire::Scan& scan);

    Line& line_;
    Transport& link_;
    wire::Configuration configuration_;
    std::uint8_t gain_;
    std::chrono::milliseconds takes_{3000};
    std::optional<std::uint32_t> last_index_;
    std::uint64_t stale_ = 0, count_ = 0;
};

}  // namespace singel::instrument::nirscan
