#pragma once

#include "protocol/command/agenda.hpp"
#include "protocol/event/meeting.hpp"
#include "protocol/rules/rule_book.hpp"

#include <string>
#include <vector>

// The templates in schemas/meetings, as the office page reads them.

namespace plenum::meetings {

/// How a quorum is said in a template.
enum class TemplateShare { over_half, two_thirds };
BOOST_DESCRIBE_ENUM(TemplateShare, over_half, two_thirds)

/// What kind of vote a template plans.
enum class TemplateForm {
    agenda,       ///< on the draft agenda itself
    motion,       ///< for and against
    scrutineers,  ///< the same; those of the list are approved once it has passed
    appointments, ///< a series, one vote a person
    equal_election,
    differential_election,
    projects,
    grades
};
BOOST_DESCRIBE_ENUM(TemplateForm, agenda, motion, scrutineers, appointments, equal_election,
                    differential_election, projects, grades)

struct TemplateVote {
    std::string title;
    std::optional<std::string> item; ///< the title of one of the template's items
    TemplateForm form = TemplateForm::motion;
    std::string rule; ///< the last part of the id of a rule in the body's book
};
BOOST_DESCRIBE_STRUCT(TemplateVote, (), (title, item, form, rule))

struct TemplateSitting {
    std::string title;
    std::optional<BodyKind> of; ///< empty: the body that meets; else each of its bodies of this kind
    std::optional<SpeakingTimes> speaking;
    std::vector<std::string> items; ///< titles, in the order in which they are dealt with
    std::vector<TemplateVote> votes;
};
BOOST_DESCRIBE_STRUCT(TemplateSitting, (), (title, of, speaking, items, votes))

struct MeetingTemplate {
    std::string id;
    LocalText name;
    LocalText note;
    MeetingKind meeting_kind = MeetingKind::other;
    std::vector<BodyKind> body_kinds;
    std::string title; ///< with {term} and {session}
    TemplateShare quorum = TemplateShare::over_half;
    SpeakingTimes speaking;
    std::vector<TemplateSitting> sittings;
    std::vector<AgendaRow> items;
    std::vector<LocalText> checklist;
};
BOOST_DESCRIBE_STRUCT(MeetingTemplate, (),
                      (id, name, note, meeting_kind, body_kinds, title, quorum, speaking, sittings, items,
                       checklist))

/// Every shipped template; one that says anything these structs do not hold fails the test.
std::vector<MeetingTemplate> shipped_templates();

/// The book a body of this kind votes by in these tests.
RuleBook shipped_book(BodyKind kind);

/// The rule of this book whose id ends so; fails the test when there is none.
const RuleProfile& rule_called(const RuleBook& book, const std::string& ending);

/// Whether other items stand below this one.
bool is_heading(const std::vector<AgendaRow>& items, std::size_t index);

} // namespace plenum::meetings
