#include "spectra/io/jcamp_table.hpp"

#include <cmath>
#include <fmt/format.h>
#include <limits>

#include "spectra/io/jcamp_tokens.hpp"
#include "spectra/io/measurement.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using Kind = JcampToken::Kind;

// Turns tokens into ordinates and knows whether the line before ended in a difference.
class Decoder {
public:
    explicit Decoder(const TableStyle& style) : style_(style) {}

    core::Result<void> line(const Line& line) {
        JcampTokens tokens(line.text, style_.decimal_comma);
        bool at_x = true;
        check_due_ = last_ == Kind::difference;
        fresh_ = true;
        for (;;) {
            auto token = tokens.next();
            if (!token) return located(std::move(token.error()), line);
            if (!*token) return {};
            if (auto taken = at_x ? start(**token, line) : ordinate(**token); !taken)
                return located(std::move(taken.error()), line);
            at_x = false;
        }
    }

    OrdinateTable take() { return std::move(table_); }

private:
    core::Result<void> located(core::Error error, const Line& line) const {
        error.where = at_line(style_.source, line.number);
        return tl::unexpected(std::move(error));
    }

    core::Result<void> start(const JcampToken& token, const Line& line) {
        if (token.kind != Kind::value)
            return core::failure(Fault::wrong_format, "a table line must begin with its abscissa");
        const std::size_t index = table_.values.size() - (check_due_ ? 1 : 0);
        table_.starts.push_back({line.number, token.number, token.rounding, index});
        return {};
    }

    core::Result<void> ordinate(const JcampToken& token) {
        if (fresh_ && token.kind != Kind::value && token.kind != Kind::missing)
            return core::failure(Fault::wrong_format, "the first ordinate of a line must be a whole value");
        fresh_ = false;
        switch (token.kind) {
            case Kind::value: return value(token.number);
            case Kind::missing: return missing();
            case Kind::difference: return difference(token.number);
            case Kind::repeat: return repeat(token.number);
        }
        return {};
    }

    core::Result<void> value(double number) {
        last_ = Kind::value;
        if (!check_due_) return push(number, 1);
        check_due_ = false;
        if (std::abs(number - table_.values.back()) <= 1e-9 * std::abs(number)) return {};
        return core::failure(
            Fault::wrong_format,
            fmt::format("the check ordinate is {} where the line before ends with {}", number, table_.values.back()));
    }

    core::Result<void> missing() {
        if (check_due_) return core::failure(Fault::wrong_format, "the check ordinate is unknown");
        last_ = Kind::missing;
        return push(std::numeric_limits<double>::quiet_NaN(), 1);
    }

    core::Result<void> difference(double number) {
        if (last_ == Kind::missing)
            return core::failure(Fault::wrong_format, "a difference follows an unknown value");
        last_ = Kind::difference;
        step_ = number;
        return push(table_.values.back() + number, 1);
    }

    core::Result<void> repeat(double number) {
        if (number < 1.0 || number != std::floor(number))
            return core::failure(Fault::wrong_format, fmt::format("a repeat count of {}", number));
        if (number - 1.0 > static_cast<double>(style_.max_points)) return too_many();
        const auto times = static_cast<std::size_t>(number) - 1;
        if (last_ != Kind::difference) return push(table_.values.back(), times);
        for (std::size_t i = 0; i < times; ++i)
            if (auto pushed = push(table_.values.back() + step_, 1); !pushed) return pushed;
        return {};
    }

    core::Result<void> push(double number, std::size_t times) {
        if (times > style_.max_points - table_.values.size()) return too_many();
        table_.values.insert(table_.values.end(), times, number);
        return {};
    }

    core::Result<void> too_many() const {
        return core::failure(Fault::wrong_format, fmt::format("more than {} points", style_.max_points));
    }

    TableStyle style_;
    OrdinateTable table_;
    Kind last_ = Kind::value;
    double step_ = 0.0;
    bool check_due_ = false;  // the next ordinate repeats the last one
    bool fresh_ = true;       // no ordinate of this line was read yet
};

}  // namespace

core::Result<OrdinateTable> decode_ordinates(std::span<const Line> lines, const TableStyle& style) {
    Decoder decoder(style);
    for (const Line& line : lines)
        if (auto read = decoder.line(line); !read) return tl::unexpected(std::move(read.error()));
    return decoder.take();
}

core::Result<PairTable> decode_pairs(std::span<const Line> lines, const TableStyle& style) {
    PairTable table;
    for (const Line& line : lines) {
        JcampTokens tokens(line.text, style.decimal_comma);
        for (;;) {
            auto token = tokens.next();
            if (!token) {
                token.error().where = at_line(style.source, line.number);
                return tl::unexpected(std::move(token.error()));
            }
            if (!*token) break;
            const bool at_y = table.y.size() < table.x.size();
            const bool unknown = (*token)->kind == Kind::missing;
            if ((*token)->kind != Kind::value && !(unknown && at_y))
                return core::failure(Fault::wrong_format, "a table of pairs holds plain numbers only",
                                     at_line(style.source, line.number));
            if (table.x.size() >= style.max_points && !at_y)
                return core::failure(Fault::wrong_format, fmt::format("more than {} points", style.max_points),
                                     at_line(style.source, line.number));
            (at_y ? table.y : table.x)
                .push_back(unknown ? std::numeric_limits<double>::quiet_NaN() : (*token)->number);
        }
    }
    if (table.x.size() != table.y.size())
        return core::failure(Fault::wrong_format, "the last abscissa has no ordinate",
                             lines.empty() ? std::string(style.source) : at_line(style.source, lines.back().number));
    return table;
}

}  // namespace singel::spectra::io
