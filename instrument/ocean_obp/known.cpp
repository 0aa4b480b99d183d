#include "instrument/ocean_obp/known.hpp"

#include <utility>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/messages.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;

namespace {

bool says(const obp::Frame& reply, obp::Error error) {
    return refused(reply) && reply.error == static_cast<std::uint16_t>(error);
}

bool does_not_know(const obp::Frame& reply) {
    return says(reply, obp::Error::unknown_message) || says(reply, obp::Error::no_such_information);
}

std::string hex_of(const Bytes& bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes) text += obp::hex(byte).substr(6);
    return text;
}

asio::awaitable<void> check(Pipe& pipe, Setting setting) {
    if (setting.get == 0) co_return;
    const Bytes in_force = co_await pipe.get({setting.get, setting.what});
    if (in_force != setting.value)
        throw Failure(Fault::protocol,
                      "the instrument keeps " + hex_of(in_force) + " instead of " + hex_of(setting.value),
                      setting.what);
}

}  // namespace

asio::awaitable<std::optional<Bytes>> look_up(Pipe& pipe, const KnownMessages& known, Question question) {
    if (!known.may_know(question.type)) co_return std::nullopt;
    obp::Frame reply = co_await pipe.ask(question);
    if (does_not_know(reply)) co_return std::nullopt;
    if (refused(reply)) throw refusal(reply, question);
    co_return std::move(reply.data);
}

asio::awaitable<KnownMessages> read_known_messages(Pipe& pipe) {
    KnownMessages known;
    const auto list =
        co_await look_up(pipe, known, {obp::message::get_supported_messages, "list the messages that it knows"});
    if (list) known.types = require(obp::read_u32_list(*list), "read the list of messages");
    co_return known;
}

asio::awaitable<void> put(Pipe& pipe, Setting setting) {
    co_await pipe.set({setting.set, setting.what, setting.value});
    co_await check(pipe, setting);
}

asio::awaitable<bool> put_if_known(Pipe& pipe, const KnownMessages& known, Setting setting) {
    if (!known.may_know(setting.set)) co_return false;
    const Question question{setting.set, setting.what, setting.value};
    const obp::Frame reply = co_await pipe.ask(question, obp::flag::ack_wanted);
    if (does_not_know(reply)) co_return false;
    if (refused(reply)) throw refusal(reply, question);
    co_await check(pipe, setting);
    co_return true;
}

}  // namespace singel::instrument::ocean_obp
