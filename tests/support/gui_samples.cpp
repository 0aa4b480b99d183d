#include "tests/support/gui_samples.hpp"

#include <QProcess>
#include <QTemporaryDir>
#include <cmath>

namespace singel::tests {
namespace {

namespace core = spectra::core;
namespace identify = spectra::identify;
using acquisition::Stage;

struct Band {
    double at, height;
};

std::vector<double> gaussians(const core::Axis& axis, const std::vector<Band>& bands) {
    constexpr double sigma = 6.0;
    std::vector<double> y(axis.size(), 0.0);
    for (std::size_t i = 0; i < y.size(); ++i) {
        for (const Band& band : bands)
            y[i] += band.height * std::exp(-0.5 * std::pow((axis[i] - band.at) / sigma, 2));
    }
    return y;
}

// A deterministic wiggle instead of noise.
double wiggle(std::size_t i) {
    return 4.0 * std::sin(12.9898 * static_cast<double>(i * i % 1013));
}

identify::FitCurves curves() {
    identify::FitCurves curves;
    curves.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 300.0, 1.5, 1000);
    curves.components = {gaussians(curves.axis, {{555, 420}, {741, 120}, {1330, 520}, {1700, 180}, {642, 90}}),
                         gaussians(curves.axis, {{858, 240}, {1168, 140}, {1237, 260}, {1324, 190}, {1648, 250}})};
    for (std::size_t i = 0; i < curves.axis.size(); ++i) {
        const double sum = curves.components[0][i] + curves.components[1][i];
        curves.baseline.push_back(900.0 - 0.4 * static_cast<double>(i));
        curves.fit.push_back(curves.baseline.back() + sum);
        curves.residual.push_back(wiggle(i));
        curves.measured.push_back(curves.fit.back() + curves.residual.back());
    }
    return curves;
}

identify::Component component(std::string name, double share, identify::Certainty certainty) {
    identify::Component out;
    out.name = name;
    out.group = {name};
    out.share = share;
    out.share_interval = identify::Interval{share - 0.05, share + 0.05};
    out.certainty = certainty;
    out.hqi = 0.93;
    return out;
}

core::InstrumentIdentity identity(bool simulated) {
    return {"WP-785", "WP-01977", simulated ? core::Link::in_process : core::Link::usb, simulated, !simulated};
}

identify::Identification identification(bool simulated) {
    identify::Identification out;
    out.provenance.source = "hand-made";
    out.provenance.instrument = identity(simulated);
    out.technique = core::Technique::raman;
    out.components = {component("caffeine", 0.62, identify::Certainty::found),
                      component("paracetamol", 0.38, identify::Certainty::probable)};
    out.components[1].group = {"paracetamol", "phenacetin"};
    out.not_covered = {{"nitazenes", identify::NotCoveredReason::no_reference},
                       {"heroin", identify::NotCoveredReason::no_reference}};
    out.not_detected = {{"fentanyl", 0.0812, true, false},
                        {"xylazine", 0.069, true, false},
                        {"amphetamine", 0.055, true, false},
                        {"lactose", std::nullopt, false, false}};
    out.unknown.p_value = 0.4;
    out.algorithm = "hand-made";
    out.curves = curves();
    return out;
}

std::shared_ptr<acquisition::Snapshot> blank(Stage stage, bool simulated) {
    auto snapshot = std::make_shared<acquisition::Snapshot>();
    snapshot->stage = stage;
    const bool present = stage != Stage::no_instrument && stage != Stage::connecting;
    if (present) snapshot->instrument = identity(simulated);
    snapshot->light = present ? acquisition::Light::off : acquisition::Light::no_laser;
    return snapshot;
}

}  // namespace

acquisition::records::Record sample_record(bool simulated) {
    acquisition::records::Record record;
    record.id = "00112233445566778899aabbccddeeff";
    record.day = std::chrono::year(2026) / std::chrono::November / 24;
    record.simulated = simulated;
    if (!simulated) record.claim_code = "7K4M-29QX";
    record.identification = identification(simulated);
    record.verdict = acquisition::conclude(record.identification, record.sold_as, record.strips);
    record.software = "singel 0.1.0";
    return record;
}

acquisition::records::Record different_record() {
    acquisition::records::Record record = sample_record(false);
    record.sold_as = "amphetamine";
    record.strips = {{acquisition::StripKind::fentanyl, true, acquisition::TestLine::clear},
                     {acquisition::StripKind::nitazene, true, acquisition::TestLine::faint}};
    record.verdict = acquisition::conclude(record.identification, record.sold_as, record.strips);
    return record;
}

acquisition::records::Record explained_record() {
    using identify::BandSays;
    acquisition::records::Record record = different_record();
    auto& components = record.identification.components;
    const identify::FitCurves& curves = record.identification.curves;
    for (std::size_t i = 0; i < components.size(); ++i) {
        identify::Account account;
        account.bands = {{i == 0 ? 1330.0 : 1237.0, 400.0, 380.0, 20.0, BandSays::for_it, {}},
                         {i == 0 ? 555.0 : 858.0, 300.0, 290.0, 20.0, BandSays::for_it, {}},
                         {i == 0 ? 1700.0 : 1168.0, 100.0, 30.0, 20.0, BandSays::cannot_tell, {}}};
        if (i == 0) account.bands.push_back({741.0, 120.0, 4.0, 20.0, BandSays::against_it, {}});
        account.rivals = {{"theophylline", 3.0, identify::RivalFit::as_well, false},
                          {"lactose", 300.0, identify::RivalFit::far_worse, false}};
        account.left_with = 4.0;
        account.left_without = 19.0;
        account.worse_without = 900.0;
        for (std::size_t k = 0; k < curves.axis.size(); ++k)
            account.residual_without.push_back(curves.residual[k] + curves.components[i][k]);
        components[i].account = std::move(account);
    }
    return record;
}

acquisition::SnapshotPtr snapshot_of(Stage stage, bool simulated) {
    return blank(stage, simulated);
}

acquisition::SnapshotPtr live_snapshot() {
    auto snapshot = blank(Stage::measuring, true);
    snapshot->light = acquisition::Light::on;
    snapshot->light_remaining = std::chrono::milliseconds(11400);
    snapshot->progress = 0.5;
    snapshot->remaining = std::chrono::milliseconds(7600);
    snapshot->frames_done = 4;
    snapshot->frames_total = 8;
    snapshot->exposure = std::chrono::milliseconds(640);
    snapshot->fullness = 0.62;
    auto live = std::make_shared<core::Spectrum>();
    const identify::FitCurves source = curves();
    live->axis = source.axis;
    live->values = source.measured;
    live->values[10] = std::nan("");
    snapshot->live = live;
    return snapshot;
}

acquisition::SnapshotPtr done_snapshot(acquisition::records::Record record) {
    auto snapshot = blank(Stage::done, record.simulated);
    snapshot->progress = 1.0;
    snapshot->record = std::make_shared<const acquisition::records::Record>(std::move(record));
    return snapshot;
}

acquisition::SnapshotPtr failed_snapshot(core::Fault fault) {
    auto snapshot = blank(Stage::failed, true);
    if (fault == core::Fault::disconnected) {
        snapshot->instrument = {};
        snapshot->light = acquisition::Light::may_be_on;
    }
    snapshot->error = core::Error{fault, "read pixels: 3840 of 7296 bytes", "WP-785, frame 3", "plug it in again"};
    return snapshot;
}

QString pdf_text(const QByteArray& pdf) {
    const QTemporaryDir folder;
    QFile file(folder.filePath("card.pdf"));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(pdf);
    file.close();
    QProcess reader;
    reader.start("pdftotext", {"-layout", file.fileName(), "-"});
    return reader.waitForFinished(20000) ? QString::fromUtf8(reader.readAllStandardOutput()) : QString();
}

}  // namespace singel::tests
