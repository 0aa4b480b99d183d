#include "firmware-bridge/virtual/obp_registers.hpp"

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace {

using Bound = std::uint32_t (*)(const ObpModel&);

std::uint32_t bound(Bound function, const ObpModel& model) {
    return function == nullptr ? 0 : function(model);
}

}  // namespace

ObpRegisters::ObpRegisters(const ObpModel& model) : model_(model) {
    for (const ObpRegister* row : obp_register::all) values_[row] = 0;
    to_defaults();
}

void ObpRegisters::to_defaults() {
    for (const ObpRegister* row : obp_register::all) {
        if (!row->kept) values_[row] = bound(row->initial == nullptr ? row->smallest : row->initial, model_);
    }
    values_[&obp_register::binning] = values_[&obp_register::default_binning];
}

wire::obp::Error ObpRegisters::set(const ObpRegister& row, wire::ByteView argument) {
    const auto value = static_cast<std::uint32_t>(wire::Reader(argument).little(row.bytes));
    if (value < bound(row.smallest, model_) || value > bound(row.largest, model_)) return row.refusal;
    const std::uint32_t step = &row == &obp_register::integration ? model_.wire.step_us : 1;
    values_[&row] = value / step * step;
    return wire::obp::Error::none;
}

void ObpRegisters::add_to(ObpHandlers& handlers, std::function<void(const ObpRegister&, Clock now)> changed) {
    const bool obp2 = model_.wire.version == wire::obp::version_2;
    for (const ObpRegister* row : obp_register::all) {
        if (bound(row->largest, model_) == 0) continue;
        const std::uint32_t set_by = obp2 ? row->set_obp2 : row->set;
        if (!obp2 && row->get != ObpRegister::nowhere) {
            handlers[row->get] =
                obp_get([this, row](Clock) { return wire::Writer().little(values_.at(row), row->bytes).bytes(); });
        }
        if (set_by == ObpRegister::nowhere) continue;
        handlers[set_by] = obp_set(row->bytes, [this, row, changed](wire::ByteView argument, Clock now) {
            const wire::obp::Error error = set(*row, argument);
            if (error == wire::obp::Error::none) changed(*row, now);
            return error;
        });
    }
}

}  // namespace singel::firmware_bridge::virtual_instrument
