#include "gui/views/findings_card.hpp"

#include <algorithm>

#include "gui/views/parts.hpp"
#include "gui/wording/sentence.hpp"

namespace singel::gui {
namespace {

using acquisition::Statement;
using acquisition::StatementCode;
using spectra::identify::Certainty;
using spectra::identify::Component;

Certainty certainty_of(StatementCode code) {
    if (code == StatementCode::substance_found) return Certainty::found;
    return code == StatementCode::substance_probable ? Certainty::probable : Certainty::could_not_tell;
}

QStringList others_of_group(const std::string& name, const std::vector<Component>& components,
                            const wording::Language& language) {
    const auto component = std::ranges::find(components, name, &Component::name);
    QStringList others;
    if (component == components.end()) return others;
    for (const std::string& member : component->group) {
        if (member != name) others << wording::substance(member, language);
    }
    return others;
}

}  // namespace

FindingsCard::FindingsCard(wording::Language language, QWidget* parent)
    : QFrame(parent), language_(std::move(language)) {
    setProperty("look", "card");
    layout_ = new QVBoxLayout(this);
    layout_->setContentsMargins(20, 16, 20, 16);
    layout_->setSpacing(8);
    layout_->addWidget(parts::label("heading", this, tr("What we found")));
}

void FindingsCard::show(const acquisition::records::Record& record) {
    delete list_;
    list_ = new QWidget(this);
    auto* inside = new QVBoxLayout(list_);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(4);
    layout_->addWidget(list_);
    for (const Statement& statement : record.verdict.found) add_finding(statement, record);
    if (record.verdict.found.empty()) {
        inside->addWidget(parts::label("said", list_, tr("Nothing that we could name.")));
    }
    for (const Statement& statement : record.verdict.unexplained) {
        inside->addWidget(parts::frame("rule", list_));
        inside->addWidget(parts::label("", list_, wording::sentence(statement, language_)));
    }
}

void FindingsCard::add_finding(const Statement& statement, const acquisition::records::Record& record) {
    auto* first = new QHBoxLayout;
    const QString name = wording::substance(statement.substance, language_);
    first->addWidget(parts::label("finding", list_, wording::capitalised(name, language_)), 1);
    auto* certainty = parts::label("certainty", list_);
    certainty->setText(
        wording::capitalised(wording::certainty_word(certainty_of(statement.code), language_), language_));
    certainty->setWordWrap(false);
    first->addWidget(certainty, 0, Qt::AlignTop);
    auto* rows = qobject_cast<QVBoxLayout*>(list_->layout());
    rows->addLayout(first);
    rows->addWidget(parts::label("said", list_, wording::share_text(statement, language_)));
    const QStringList others = others_of_group(statement.substance, record.identification.components, language_);
    if (!others.isEmpty()) {
        rows->addWidget(parts::label(
            "quiet", list_, tr("This test cannot tell it from: %1.").arg(others.join(QStringLiteral(", ")))));
    }
}

}  // namespace singel::gui
