#pragma once

#include <QObject>
#include <QString>

#include "gui/commands.hpp"
#include "gui/views/main_window.hpp"

namespace singel::gui {

// Drives one check and keeps a picture of a screen; then ends the program: 0 when the picture was saved, the exit
// code of the command line's contract when not.
class Screenshot : public QObject {
    Q_OBJECT

public:
    enum class Of { result, measuring };

    Screenshot(MainWindow& window, Commands& commands, acquisition::Plan plan, Of wanted, QString file);
    void see(const acquisition::SnapshotPtr& snapshot);

private:
    bool wanted_now(const acquisition::Snapshot& snapshot) const;
    void take();
    void give_up(const spectra::core::Error& error);

    MainWindow& window_;
    Commands& commands_;
    const acquisition::Plan plan_;
    const Of wanted_;
    const QString file_;
    bool started_ = false, taken_ = false;
};

}  // namespace singel::gui
