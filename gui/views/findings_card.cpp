#include "gui/views/findings_card.hpp"

#include <algorithm>

#include "gui/views/parts.hpp"
#include "gui/wording/evidence.hpp"
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
    why_.clear();
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
    for (const auto message : record.identification.quality.messages)
        inside->addWidget(parts::label("quiet", list_, wording::quality_sentence(message, language_)));
}

// One at a time: touching the next one lets go of the one before.
QPushButton* FindingsCard::make_why(const std::string& name, std::size_t component) {
    auto* why = parts::button("", tr("Why?"), list_);
    why->setAccessibleName(wording::evidence_heading(name, language_));
    why->setCheckable(true);
    connect(why, &QPushButton::toggled, this, [this, why, component](bool on) {
        for (QPushButton* other : why_) {
            if (!on || other == why) continue;
            const QSignalBlocker quiet(other);
            other->setChecked(false);
        }
        Q_EMIT why_wanted(on ? std::optional(component) : std::nullopt);
    });
    why_.push_back(why);
    return why;
}

void FindingsCard::add_finding(const Statement& statement, const acquisition::records::Record& record) {
    auto* first = new QHBoxLayout;
    const QString name = wording::substance(statement.substance, language_);
    first->addWidget(parts::label("finding", list_, wording::capitalised(name, language_)), 1);
    auto* certainty = parts::label("certainty", list_);
    certainty->setText(
        wording::capitalised(wording::certainty_word(certainty_of(statement.code), language_), language_));
    certainty->setWordWrap(false);
    first->addWidget(certainty, 0, Qt::AlignVCenter);
    auto* rows = qobject_cast<QVBoxLayout*>(list_->layout());
    rows->addLayout(first);
    rows->addWidget(parts::label("said", list_, wording::share_text(statement, language_)));
    const auto& components = record.identification.components;
    const auto component = std::ranges::find(components, statement.substance, &Component::name);
    if (component != components.end() && component->account && !record.identification.curves.measured.empty())
        first->addWidget(make_why(statement.substance, static_cast<std::size_t>(component - components.begin())), 0,
                         Qt::AlignTop);
    const QStringList others = others_of_group(statement.substance, record.identification.components, language_);
    if (!others.isEmpty()) {
        rows->addWidget(parts::label(
            "quiet", list_, tr("This test cannot tell it from: %1.").arg(others.join(QStringLiteral(", ")))));
    }
}

}  // namespace singel::gui
