#include "firmware-bridge/trace/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <tuple>
#include <utility>

namespace singel::firmware_bridge::trace {

namespace core = spectra::core;
using virtual_instrument::Descriptors;
using virtual_instrument::Setup;
using virtual_instrument::Speed;
using virtual_instrument::Status;

namespace {

template <class Value>
struct Word {
    std::string_view word;
    Value value;
};
constexpr std::array statuses{Word<Status>{"ok", Status::ok}, Word<Status>{"stall", Status::stall},
                              Word<Status>{"cancelled", Status::cancelled},
                              Word<Status>{"overflow", Status::overflow},
                              Word<Status>{"no_device", Status::no_device}};
constexpr std::array happenings{Word<Happening>{"reset", Happening::reset},
                                Word<Happening>{"unplugged", Happening::unplugged},
                                Word<Happening>{"plugged", Happening::plugged}};
constexpr std::array speeds{Word<Speed>{"full", Speed::full}, Word<Speed>{"high", Speed::high}};
constexpr std::array answers{Word<bool>{"no", false}, Word<bool>{"yes", true}};

constexpr std::size_t most_strings = 16, most_bytes = 16 << 20;
constexpr std::string_view nothing = "-";

template <class Words, class Value>
std::string_view word_of(const Words& words, const Value& value) {
    return std::find_if(words.begin(), words.end(), [&](const auto& entry) { return entry.value == value; })->word;
}

std::string hex(const std::vector<std::uint8_t>& bytes) {
    if (bytes.empty()) return std::string(nothing);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 0xF];
    }
    return text;
}

std::vector<std::uint8_t> bytes_of(const Setup& setup) {
    const auto low = [](std::uint16_t word) { return static_cast<std::uint8_t>(word & 0xFF); };
    const auto high = [](std::uint16_t word) { return static_cast<std::uint8_t>(word >> 8); };
    return {setup.request_type, setup.request,     low(setup.value),  high(setup.value),
            low(setup.index),   high(setup.index), low(setup.length), high(setup.length)};
}

Setup setup_of(const std::vector<std::uint8_t>& bytes) {
    const auto word = [&](std::size_t at) { return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8); };
    return {bytes[0], bytes[1], word(2), word(4), word(6)};
}

// Reads the words of one line; the first that is not understood is remembered.
class Words {
public:
    explicit Words(std::string_view line) : rest_(line) {}

    std::string_view next() {
        const std::size_t end = std::min(rest_.find(' '), rest_.size());
        const std::string_view word = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return word;
    }
    std::string_view rest() { return std::exchange(rest_, {}); }

    std::uint64_t number(const char* what, int base = 10, std::uint64_t most = most_bytes) {
        const std::string_view word = next();
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
        const bool whole = error == std::errc() && end == word.data() + word.size();
        if (!whole || value > most) wrong(what, word);
        return whole ? value : 0;
    }
    std::vector<std::uint8_t> bytes(const char* what) {
        const std::string_view word = next();
        std::vector<std::uint8_t> out;
        if (word == nothing) return out;
        if (word.empty() || word.size() % 2 != 0 || word.size() > 2 * most_bytes) wrong(what, word);
        for (std::size_t at = 0; at + 1 < word.size() && fine(); at += 2) {
            std::uint8_t byte = 0;
            const auto [end, error] = std::from_chars(word.data() + at, word.data() + at + 2, byte, 16);
            if (error != std::errc() || end != word.data() + at + 2) wrong(what, word.substr(at, 2));
            out.push_back(byte);
        }
        return out;
    }
    template <class List>
    auto one_of(const char* what, const List& list) {
        const std::string_view word = next();
        const auto found =
            std::find_if(list.begin(), list.end(), [&](const auto& known) { return known.word == word; });
        if (found != list.end()) return found->value;
        wrong(what, word);
        return list.front().value;
    }
    void literal(std::string_view expected, const char* what) {
        if (const std::string_view word = next(); word != expected) wrong(what, word);
    }
    void end() {
        if (!rest_.empty()) wrong("end of line", rest_);
    }
    void wrong(const char* what, std::string_view word) {
        constexpr std::size_t enough = 40;
        if (!wrong_) wrong_ = fmt::format("{} expected, \"{}\" found", what, word.substr(0, enough));
    }
    bool fine() const { return !wrong_; }
    const std::string& complaint() const { return *wrong_; }

private:
    std::string_view rest_;
    std::optional<std::string> wrong_;
};

constexpr std::uint64_t longest_us = std::uint64_t{1} << 50;

Transfer read_transfer(Words& words, Microseconds at) {
    Transfer transfer;
    transfer.at = at;
    transfer.took = Microseconds(words.number("duration in us", 10, longest_us));
    const bool in = words.one_of("in or out", std::array{Word<bool>{"in", true}, Word<bool>{"out", false}});
    transfer.endpoint = static_cast<std::uint8_t>(words.number("endpoint", 16, 0xFF));
    if (in != transfer.in()) words.wrong("an endpoint of this direction", fmt::format("{:02x}", transfer.endpoint));
    transfer.control =
        words.one_of("control or bulk", std::array{Word<bool>{"control", true}, Word<bool>{"bulk", false}});
    const std::vector<std::uint8_t> setup = words.bytes("setup");
    if (transfer.control != (setup.size() == 8) || (!transfer.control && !setup.empty()))
        words.wrong("8 bytes of setup for a control transfer, - for others", hex(setup));
    if (setup.size() == 8) transfer.setup = setup_of(setup);
    transfer.status = words.one_of("status", statuses);
    transfer.asked = words.number("bytes asked");
    transfer.actual = words.number("length");
    transfer.data = words.bytes("data");
    words.end();
    if (words.fine() && transfer.data.size() != (in ? transfer.actual : transfer.asked))
        words.wrong(fmt::format("{} bytes of data", in ? transfer.actual : transfer.asked).c_str(),
                    fmt::format("{} bytes", transfer.data.size()));
    return transfer;
}

std::variant<Transfer, Event> read_entry(Words& words) {
    const Microseconds at(words.number("time in us", 10, longest_us));
    Words ahead = words;
    if (ahead.next() != "event") return read_transfer(words, at);
    words = ahead;
    const Event event{at, words.one_of("reset, unplugged or plugged", happenings)};
    words.end();
    return event;
}

void read_string(Words& words, Descriptors& descriptors) {
    const std::uint64_t index = words.number("index of a string", 10, most_strings);
    if (index == 0) words.wrong("index of a string", "0");
    if (!words.fine()) return;
    if (descriptors.strings.size() < index) descriptors.strings.resize(index);
    descriptors.strings[index - 1] = words.rest();
}

void read_device(Words& words, Descriptors& descriptors) {
    constexpr std::size_t device_descriptor_size = 18;
    descriptors.device = words.bytes("device descriptor");
    if (descriptors.device.size() != device_descriptor_size)
        return words.wrong("18 bytes of device descriptor", fmt::format("{}", descriptors.device.size()));
    const auto word = [&](std::size_t at) {
        return static_cast<std::uint16_t>(descriptors.device[at] | descriptors.device[at + 1] << 8);
    };
    descriptors.vendor_id = word(8);
    descriptors.product_id = word(10);
}

// False at the line that ends the header.
bool read_header_line(Words& words, Header& header) {
    const std::string_view key = words.next();
    if (key == "begin") return false;
    if (key == "source") {
        header.source = words.rest();
    } else if (key == "simulated") {
        header.simulated = words.one_of("yes or no", answers);
    } else if (key == "anonymous") {
        header.anonymous = words.one_of("yes or no", answers);
    } else if (key == "speed") {
        header.descriptors.speed = words.one_of("full or high", speeds);
    } else if (key == "device") {
        read_device(words, header.descriptors);
    } else if (key == "configuration") {
        header.descriptors.configuration = words.bytes("configuration descriptor");
    } else if (key == "string") {
        read_string(words, header.descriptors);
    } else {
        words.wrong("source, simulated, anonymous, speed, device, configuration, string or begin", key);
    }
    words.end();
    return true;
}

}  // namespace

bool operator==(const Transfer& a, const Transfer& b) {
    const auto tie = [](const Transfer& t) {
        return std::tie(t.at, t.took, t.endpoint, t.control, t.status, t.asked, t.actual, t.data);
    };
    return tie(a) == tie(b) && bytes_of(a.setup) == bytes_of(b.setup);
}

std::string format(const Header& header) {
    const Descriptors& descriptors = header.descriptors;
    std::string text = fmt::format("singel-trace {}\nsource {}\nsimulated {}\nanonymous {}\nspeed {}\n",
                                   format_version, header.source, word_of(answers, header.simulated),
                                   word_of(answers, header.anonymous), word_of(speeds, descriptors.speed));
    text += fmt::format("device {}\nconfiguration {}\n", hex(descriptors.device), hex(descriptors.configuration));
    for (std::size_t i = 0; i < descriptors.strings.size(); ++i) {
        std::string printable = descriptors.strings[i];
        std::replace_if(
            printable.begin(), printable.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
        text += fmt::format("string {} {}\n", i + 1, printable);
    }
    return text + "begin\n";
}

std::string format(const Transfer& transfer) {
    const std::string setup = transfer.control ? hex(bytes_of(transfer.setup)) : std::string(nothing);
    return fmt::format("{} {} {} {:02x} {} {} {} {} {} {}\n", transfer.at.count(), transfer.took.count(),
                       transfer.in() ? "in" : "out", transfer.endpoint, transfer.control ? "control" : "bulk", setup,
                       word_of(statuses, transfer.status), transfer.asked, transfer.actual, hex(transfer.data));
}

std::string format(const Event& event) {
    return fmt::format("{} event {}\n", event.at.count(), word_of(happenings, event.what));
}

core::Result<Trace> parse(std::string_view text, std::string_view name) {
    Trace trace;
    std::size_t number = 0;
    bool in_header = true;
    const auto refuse = [&](const std::string& what) {
        return core::failure(core::Fault::wrong_format, what, fmt::format("{} line {}", name, number),
                             "record it again, or send it whole");
    };
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (number > 1 && (line.empty() || line.starts_with('#'))) continue;
        Words words(line);
        if (number == 1) {
            words.literal("singel-trace", "singel-trace");
            if (const auto version = words.number("version"); words.fine() && version != format_version)
                words.wrong("version 1", fmt::format("{}", version));
            words.end();
        } else if (in_header) {
            in_header = read_header_line(words, trace.header);
        } else {
            trace.entries.push_back({number, read_entry(words)});
        }
        if (!words.fine()) return refuse(words.complaint());
    }
    if (in_header) return refuse("the header does not end");
    if (trace.header.descriptors.device.empty()) return refuse("the header names no device descriptor");
    return trace;
}

}  // namespace singel::firmware_bridge::trace
