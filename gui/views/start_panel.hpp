#pragma once

#include <QLabel>
#include <QPushButton>

#include "acquisition/snapshot.hpp"

namespace singel::gui {

// Before a check: what to do, and one big button.
class StartPanel : public QWidget {
    Q_OBJECT

public:
    explicit StartPanel(QWidget* parent);
    void show(const acquisition::Snapshot& snapshot);

Q_SIGNALS:
    void check_wanted();
    void connect_wanted();

private:
    void say(const QString& title, const QString& text);

    QLabel* title_;
    QLabel* text_;
    QPushButton* check_;
    QPushButton* look_again_;
};

}  // namespace singel::gui
