#pragma once

#include <QString>
#include <string>
#include <vector>

#include "acquisition/snapshot.hpp"
#include "gui/commands.hpp"

// Hand-made records and snapshots for the window and the card: what a session would say, without a session.
namespace singel::tests {

// A Raman scan of caffeine and paracetamol (made-up bands), strips not read, simulated or not.
acquisition::records::Record sample_record(bool simulated = true);

// The same with a library that knows fentanyl and xylazine: limits with figures, sold as something else.
acquisition::records::Record different_record();

// The same with the evidence behind each name: caffeine has a rival that explains the scan as well, and a band that
// should be there and is not.
acquisition::records::Record explained_record();

acquisition::SnapshotPtr snapshot_of(acquisition::Stage stage, bool simulated = true);
acquisition::SnapshotPtr live_snapshot();
acquisition::SnapshotPtr done_snapshot(acquisition::records::Record record);
acquisition::SnapshotPtr failed_snapshot(spectra::core::Fault fault);

// Remembers what the window asked for.
class RecordedCommands : public gui::Commands {
public:
    void connect(acquisition::InstrumentChoice) override { calls.push_back("connect"); }
    void check(acquisition::Plan) override { calls.push_back("check"); }
    void cancel() override { calls.push_back("cancel"); }
    void stop_laser() override { calls.push_back("stop_laser"); }
    void hold() override { calls.push_back("hold"); }

    std::vector<std::string> calls;
};

// The text of a PDF as a reader would copy it (pdftotext); empty when that program is not installed.
QString pdf_text(const QByteArray& pdf);

}  // namespace singel::tests
