#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QString>

// The few pieces that every screen is made of. "look" chooses the style sheet's rule.
namespace singel::gui::parts {

QLabel* label(const QString& look, QWidget* parent, const QString& text = {});  // wraps
QFrame* frame(const QString& look, QWidget* parent);
QPushButton* button(const QString& look, const QString& text, QWidget* parent);  // at least 48 px high, named
QScrollArea* scrolling(QWidget* content, QWidget* parent);                       // by wheel, key and finger
void set_look(QWidget* widget, const QString& look);  // and paints it again when it changed

}  // namespace singel::gui::parts
