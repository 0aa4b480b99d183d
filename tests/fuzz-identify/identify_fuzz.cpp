#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "spectra/identify/identify.hpp"

// Any library and any spectrum are answered or refused; what is said is within its bounds.
namespace {

using namespace singel::spectra;

class Bytes {
public:
    explicit Bytes(std::span<const std::uint8_t> data) : data_(data) {}
    std::uint8_t byte() {
        if (data_.empty()) return 0;
        const std::uint8_t value = data_.front();
        data_ = data_.subspan(1);
        return value;
    }
    // Mostly a small number, at times one of the numbers nobody expects.
    double number() {
        const std::uint8_t kind = byte();
        if (kind < 240) return static_cast<double>(kind) + static_cast<double>(byte()) / 256.0;
        constexpr double odd[] = {0.0, -1.0, NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-300, 1e38, 1e-40};
        return odd[byte() % std::size(odd)];
    }
    bool empty() const { return data_.empty(); }

private:
    std::span<const std::uint8_t> data_;
};

core::Technique technique_of(std::uint8_t byte) {
    constexpr core::Technique all[] = {core::Technique::raman, core::Technique::infrared,
                                       core::Technique::near_infrared, core::Technique::unknown};
    return all[byte % std::size(all)];
}

core::Axis axis_of(core::Technique technique, Bytes& bytes) {
    const bool raman = technique == core::Technique::raman, near = technique == core::Technique::near_infrared;
    const auto kind = (bytes.byte() & 7) == 7 ? core::AxisKind::wavelength_device_nm
                      : raman                 ? core::AxisKind::raman_shift_cm1
                                              : core::AxisKind::wavenumber_cm1;
    const double low = (near ? 3500.0 : 200.0) + 5.0 * bytes.byte(), step = (near ? 12.0 : 4.0) + bytes.byte() / 64.0;
    const std::size_t size = 2 + 3 * bytes.byte();
    return core::Axis::uniform(kind, low, (bytes.byte() & 1) != 0 ? step : -step / 3.0, size);
}

// A few bands and a few stray numbers; what the bytes leave over is flat.
std::vector<double> values_of(const core::Axis& axis, Bytes& bytes) {
    std::vector<double> values(axis.size(), 0.0);
    for (int bands = bytes.byte() % 8; bands > 0; --bands) {
        const double centre = bytes.number() / 256.0 * static_cast<double>(axis.size()), height = bytes.number();
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double u = (static_cast<double>(i) - centre) / 3.0;
            values[i] += height * std::exp(-0.5 * u * u);
        }
    }
    for (int strays = bytes.byte() % 8; strays > 0; --strays)
        values[(bytes.byte() * 256u + bytes.byte()) % values.size()] = bytes.number();
    return values;
}

core::ReferenceSet set_of(core::Technique technique, Bytes& bytes) {
    core::ReferenceSet set;
    set.id = "fuzz";
    set.technique = technique;
    set.axis = axis_of(technique, bytes);
    auto values = std::make_shared<std::vector<float>>();
    for (int references = bytes.byte() % 6; references > 0; --references) {
        core::Reference reference;
        reference.substance.name = std::to_string(bytes.byte() % 4);
        reference.watched = (bytes.byte() & 1) != 0;
        reference.first = bytes.byte() % 32;
        reference.last = set.axis.size();
        if ((bytes.byte() & 7) == 7) reference.origin = core::ReferenceOrigin::band_table;
        set.references.push_back(reference);
        for (const double v : values_of(set.axis, bytes)) values->push_back(static_cast<float>(v));
    }
    set.values = *values;
    set.owner = values;
    return set;
}

void must(bool holds) {
    if (!holds) std::abort();
}

void check(const identify::Identification& answer) {
    double sum = 0.0;
    for (const auto& component : answer.components) {
        must(!component.name.empty() && !component.group.empty());
        if (!component.share) continue;
        must(*component.share >= 0.0 && *component.share <= 1.0 + 1e-9);
        must(component.share_interval->low <= *component.share && *component.share <= component.share_interval->high);
        sum += *component.share;
    }
    must(sum <= 1.0 + 1e-6);
    must(answer.quality.usable || answer.components.empty());
    for (const auto& entry : answer.not_detected)
        must(!entry.detection_limit_share ||
             (*entry.detection_limit_share >= 0.05 && *entry.detection_limit_share <= 1.0));
    must(!answer.unknown.p_value || (*answer.unknown.p_value > 0.0 && *answer.unknown.p_value <= 1.0));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Bytes bytes({data, size});
    const core::Technique technique = technique_of(bytes.byte());
    const auto library = identify::prepare(set_of(technique, bytes));
    if (!library) return 0;
    core::Spectrum spectrum;
    spectrum.technique = (bytes.byte() & 15) == 15 ? technique_of(bytes.byte()) : technique;
    spectrum.axis = axis_of(spectrum.technique, bytes);
    spectrum.values = values_of(spectrum.axis, bytes);
    spectrum.ordinate = static_cast<core::Ordinate>(bytes.byte() % 6);
    spectrum.noise = static_cast<core::NoiseBasis>(bytes.byte() % 3);
    for (int i = bytes.byte() % 3; i > 0; --i) spectrum.sigma.assign(spectrum.size(), bytes.number());
    spectrum.saturated_fraction = bytes.byte() / 255.0;
    const auto answer = identify::identify(spectrum, **library, {});
    if (answer) check(*answer);
    return 0;
}
