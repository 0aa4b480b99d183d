#pragma once

namespace singel::firmware_bridge::carriers {

// USB addresses have seven bits; 1 is the root hub.
inline constexpr unsigned first_address = 2, last_address = 127;

// The next address that nobody holds, as Linux gives them out: onwards from the last one, round the end.
template <class InUse>
unsigned next_address(unsigned last_given, InUse in_use) {
    do {
        last_given = last_given < first_address || last_given >= last_address ? first_address : last_given + 1;
    } while (in_use(last_given));
    return last_given;
}

}  // namespace singel::firmware_bridge::carriers
