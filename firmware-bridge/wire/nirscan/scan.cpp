#include "firmware-bridge/wire/nirscan/scan.hpp"

#include <bit>
#include <cmath>
#include <fmt/format.h>

#include "firmware-bridge/wire/nirscan/commands.hpp"
#include "firmware-bridge/wire/nirscan/tpl.hpp"

namespace singel::firmware_bridge::wire::nirscan {

namespace {

constexpr std::uint32_t scan_version = 1;
constexpr std::size_t scan_name_bytes = 20, configuration_name_bytes = 40, coefficients = 3;
constexpr std::size_t configuration_data = 1 + 2 + serial_bytes + configuration_name_bytes + 2 + 2 + 1 + 2 + 2;
constexpr std::size_t calibration_data = 2 * coefficients * 8;
constexpr std::size_t scan_data =
    4 + scan_name_bytes + 7 + 12 + calibration_data + serial_bytes + 2 + 3 + configuration_data + 4 * most_values;

constexpr std::array<std::uint32_t, 2> configuration_lengths{serial_bytes, configuration_name_bytes};
constexpr TplShape configuration_shape{"S(cvc#c#vvcvv)", configuration_lengths, configuration_data};
constexpr std::array<std::uint32_t, 2> calibration_lengths{coefficients, coefficients};
constexpr TplShape calibration_shape{"S(f#f#)", calibration_lengths, calibration_data};
constexpr std::array<std::uint32_t, 7> scan_lengths{
    scan_name_bytes, coefficients, coefficients, serial_bytes, serial_bytes, configuration_name_bytes, most_values};
constexpr TplShape scan_shape{"S(uc#cccccccjjvvu$(f#f#)c#vccccvc#c#vvcvvi#)", scan_lengths, scan_data};

void write(Writer& writer, const Configuration& configuration) {
    writer.u8(static_cast<std::uint8_t>(configuration.type)).u16le(configuration.index);
    writer.text(configuration.serial, serial_bytes).text(configuration.name, configuration_name_bytes);
    writer.u16le(configuration.first_nm).u16le(configuration.last_nm).u8(configuration.width_px);
    writer.u16le(configuration.patterns).u16le(configuration.repeats);
}

Decoded<Configuration> read_configuration(Reader& reader) {
    Configuration configuration;
    const std::uint8_t type = reader.u8();
    if (type > static_cast<std::uint8_t>(ScanType::hadamard))
        return malformed(type == static_cast<std::uint8_t>(ScanType::slew) ? "configuration: slew scans are not read"
                                                                           : fmt::format("scan type {}", type));
    configuration.type = static_cast<ScanType>(type);
    configuration.index = reader.u16le();
    configuration.serial = reader.text(serial_bytes);
    configuration.name = reader.text(configuration_name_bytes);
    configuration.first_nm = reader.u16le();
    configuration.last_nm = reader.u16le();
    configuration.width_px = reader.u8();
    configuration.patterns = reader.u16le();
    configuration.repeats = reader.u16le();
    return configuration;
}

void write(Writer& writer, const Calibration& calibration) {
    for (const auto& row : {calibration.shift, calibration.wavelength})
        for (const double number : row) writer.little(std::bit_cast<std::uint64_t>(number), 8);
}

Decoded<Calibration> read_calibration(Reader& reader) {
    Calibration calibration;
    for (auto* row : {&calibration.shift, &calibration.wavelength}) {
        for (double& number : *row) {
            number = std::bit_cast<double>(reader.little(8));
            if (!std::isfinite(number)) return malformed("calibration: a coefficient is not finite");
        }
    }
    return calibration;
}

void read_head(Reader& reader, Scan& scan) {
    scan.name = reader.text(scan_name_bytes);
    ScanTime& time = scan.time;
    for (auto* field : {&time.year, &time.month, &time.day, &time.weekday, &time.hour, &time.minute, &time.second})
        *field = reader.u8();
    scan.system_temperature_hundredths_c = reader.s16le();
    scan.detector_temperature_hundredths_c = reader.s16le();
    scan.humidity_hundredths_percent = reader.u16le();
    scan.lamp_monitor = reader.u16le();
    scan.index = reader.u32le();
}

void write_head(Writer& writer, const Scan& scan) {
    writer.u32le(scan_version).text(scan.name, scan_name_bytes);
    const ScanTime& time = scan.time;
    for (const auto field : {time.year, time.month, time.day, time.weekday, time.hour, time.minute, time.second})
        writer.u8(field);
    writer.s16le(scan.system_temperature_hundredths_c).s16le(scan.detector_temperature_hundredths_c);
    writer.u16le(scan.humidity_hundredths_percent).u16le(scan.lamp_monitor).u32le(scan.index);
}

}  // namespace

Bytes encode(const Configuration& configuration) {
    Writer writer;
    write(writer, configuration);
    return make_tpl(configuration_shape, writer.bytes());
}

Decoded<Configuration> decode_configuration(ByteView file) {
    const auto data = open_tpl(file, configuration_shape);
    if (!data) return tl::unexpected(data.error());
    Reader reader(*data);
    return read_configuration(reader);
}

Bytes encode(const Calibration& calibration) {
    Writer writer;
    write(writer, calibration);
    return make_tpl(calibration_shape, writer.bytes());
}

Decoded<Calibration> decode_calibration(ByteView file) {
    const auto data = open_tpl(file, calibration_shape);
    if (!data) return tl::unexpected(data.error());
    Reader reader(*data);
    return read_calibration(reader);
}

Bytes encode(const Scan& scan) {
    Writer writer;
    write_head(writer, scan);
    write(writer, scan.calibration);
    writer.text(scan.serial, serial_bytes).u16le(static_cast<std::uint16_t>(scan.values.size()));
    writer.u8(scan.first_black).u8(scan.black_period).u8(scan.gain);
    write(writer, scan.configuration);
    for (const std::int32_t value : scan.values) writer.u32le(static_cast<std::uint32_t>(value));
    writer.seek(scan_data);
    return make_tpl(scan_shape, writer.bytes());
}

Decoded<Scan> decode_scan(ByteView file) {
    const auto data = open_tpl(file, scan_shape);
    if (!data) return tl::unexpected(data.error());
    Reader reader(*data);
    if (const std::uint32_t version = reader.u32le(); version != scan_version)
        return malformed(fmt::format("scan: version {}", version));
    Scan scan;
    read_head(reader, scan);
    const auto calibration = read_calibration(reader);
    if (!calibration) return tl::unexpected(calibration.error());
    scan.calibration = *calibration;
    scan.serial = reader.text(serial_bytes);
    const std::size_t count = reader.u16le();
    if (count > most_values) return malformed(fmt::format("scan: {} values", count));
    scan.first_black = reader.u8();
    scan.black_period = reader.u8();
    if (scan.black_period == 0) return malformed("scan: a black pattern after every 0");
    scan.gain = reader.u8();
    auto configuration = read_configuration(reader);
    if (!configuration) return tl::unexpected(configuration.error());
    scan.configuration = std::move(*configuration);
    for (std::size_t i = 0; i < count; ++i) scan.values.push_back(static_cast<std::int32_t>(reader.u32le()));
    return scan;
}

}  // namespace singel::firmware_bridge::wire::nirscan
