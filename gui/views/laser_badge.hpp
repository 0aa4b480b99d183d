#pragma once

#include <QLabel>
#include <QPushButton>

#include "acquisition/snapshot.hpp"

namespace singel::gui {

// The laser's state in words and the button that switches it off: on every screen, at the same place.
class LaserBadge : public QWidget {
    Q_OBJECT

public:
    explicit LaserBadge(QWidget* parent);
    void show(const acquisition::Snapshot& snapshot);

Q_SIGNALS:
    void stop_wanted();

private:
    QLabel* state_;
    QPushButton* stop_;
};

}  // namespace singel::gui
