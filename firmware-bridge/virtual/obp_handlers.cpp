#include "firmware-bridge/virtual/obp_handlers.hpp"

namespace singel::firmware_bridge::virtual_instrument {

using wire::obp::Error;

namespace {

ObpAnswer done(Error error) {
    return {.error = error, .only_if_wanted = true};
}

}  // namespace

ObpHandler obp_get(std::function<wire::Bytes(Clock now)> value) {
    return [value = std::move(value)](const ObpRequest& request) -> ObpAnswer {
        if (!request.frame.data.empty()) return {.error = Error::wrong_payload_length};
        return {.data = value(request.now)};
    };
}

ObpHandler obp_get_of(std::size_t count, std::function<wire::Bytes(std::size_t index)> value) {
    return [count, value = std::move(value)](const ObpRequest& request) -> ObpAnswer {
        if (request.frame.data.size() != 1) return {.error = Error::wrong_payload_length};
        const std::size_t index = request.frame.data.front();
        if (index >= count) return {.error = Error::invalid_payload};
        return {.data = value(index)};
    };
}

ObpHandler obp_set(std::size_t bytes, std::function<Error(wire::ByteView argument, Clock now)> set) {
    return [bytes, set = std::move(set)](const ObpRequest& request) {
        if (request.frame.data.size() != bytes) return done(Error::wrong_payload_length);
        return done(set(request.frame.data, request.now));
    };
}

ObpHandler obp_set_up_to(std::size_t bytes, std::function<Error(wire::ByteView argument)> set) {
    return [bytes, set = std::move(set)](const ObpRequest& request) {
        if (request.frame.data.size() > bytes) return done(Error::wrong_payload_length);
        return done(set(request.frame.data));
    };
}

ObpHandler obp_do(std::function<Error(Clock now)> action) {
    return obp_set(0, [action = std::move(action)](wire::ByteView, Clock now) { return action(now); });
}

}  // namespace singel::firmware_bridge::virtual_instrument
