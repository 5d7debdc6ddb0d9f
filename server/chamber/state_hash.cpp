#include "server/chamber/chapters.hpp"
#include "server/chamber/suggestion_hash.hpp"

// Everything but the access codes, rendered as one JSON value. Each record is taken apart by structured
// bindings, so that a member added to the state and forgotten here does not compile.

namespace plenum::chamber {
namespace {

namespace json = boost::json;

constexpr std::int64_t state_hash_version = 1;

template <class T>
requires requires(const T& value)
{
    to_json(value);
}
json::value render(const T& value)
{
    return to_json(value);
}

/// Maps as lists of [key, value], in order: keys are numbers, and JSON has only texts for names.
template <class Key, class Value>
json::value render(const std::map<Key, Value>& map);

template <class T>
json::value render_list(const std::vector<T>& values);

json::value render(const std::set<PersonId>& persons)
{
    return to_json(std::vector<PersonId>(persons.begin(), persons.end()));
}

json::value render(const Person& person)
{
    const auto& [name, photo] = person;
    return {{"name", render(name)}, {"photo", render(photo)}};
}

json::value render(const Office& office)
{
    const auto& [person, role, body] = office;
    return {{"person", render(person)}, {"role", render(role)}, {"body", render(body)}};
}

/// What is fixed of its rules follows from the book.
json::value render(const AdoptedRules& adopted)
{
    const auto& [book, decided_by, rules] = adopted;
    return {{"book", render(book)}, {"decided_by", render(decided_by)}};
}

json::value render(const Body& record)
{
    const auto& [kind, name, roster, members, parent, roster_before, rules, suspended] = record;
    json::object body{{"kind", render(kind)},     {"name", render(name)},
                      {"roster", render(roster)}, {"members", render(members)},
                      {"parent", render(parent)}, {"roster_before", render(roster_before)}};
    // Left out without: older records keep their hash.
    if (rules) body["rules"] = render(*rules);
    if (!suspended.empty()) body["suspended"] = render(suspended);
    return body;
}

json::value render(const Attendee& attendee)
{
    const auto& [kind, unit, seat] = attendee;
    return {{"kind", render(kind)}, {"unit", render(unit)}, {"seat", render(seat)}};
}

json::value render(const Scrutineer& scrutineer)
{
    const auto& [person, name] = scrutineer;
    return {{"person", render(person)}, {"name", render(name)}};
}

json::value render(const KeyHolder& holder)
{
    const auto& [person, name, key, commit, open, agree, parts] = holder;
    return {{"person", render(person)}, {"name", render(name)}, {"key", render(key)},
            {"commit", render(commit)}, {"open", render(open)}, {"agree", render(agree)},
            {"parts", render(parts)}};
}

json::value render(const KeyHolders& keys)
{
    const auto& [holders, threshold, decided_by, attempt, restart, election_key, hash] = keys;
    return {{"holders", render_list(holders)},
            {"threshold", render(threshold)},
            {"decided_by", render(decided_by)},
            {"attempt", render(attempt)},
            {"restart", render(restart)},
            {"election_key", render(election_key)},
            {"hash", render(hash)}};
}

json::value render(const Meeting& meeting)
{
    const auto& [body, title, term_no, session_no, quorum, items, kind, speaking, phase, schedule, attendees,
                 scrutineers, scrutineers_approved, imported, made_from, keys, pinned, erased] = meeting;
    json::object rendered{{"body", render(body)},          {"title", render(title)},
                          {"term_no", render(term_no)},    {"session_no", render(session_no)},
                          {"quorum", render(quorum)},      {"items", render(items)},
                          {"kind", render(kind)},          {"speaking", render(speaking)},
                          {"phase", render(phase)},        {"schedule", render(schedule)},
                          {"attendees", render(attendees)}};
    // Members that came later stand there only once they hold something: older states keep their hash.
    if (scrutineers_approved) {
        rendered["scrutineers"] = render_list(scrutineers);
        rendered["scrutineers_approved"] = render(scrutineers_approved);
    }
    if (!imported.empty()) rendered["imported"] = render(imported);
    if (!made_from.empty()) rendered["made_from"] = render(made_from);
    if (keys) rendered["keys"] = render(*keys);
    if (pinned) rendered["pinned"] = render(*pinned);
    if (!erased.empty()) rendered["erased"] = render(erased);
    return rendered;
}

json::value render(const Item& item)
{
    const auto& [meeting, title, state, was_read, parent, children, kind, minutes, presenter, is_closed,
                 was_deliberated, outcome, opinion, documents] = item;
    return {{"meeting", render(meeting)},
            {"title", render(title)},
            {"state", render(state)},
            {"was_read", render(was_read)},
            {"parent", render(parent)},
            {"children", render(children)},
            {"kind", render(kind)},
            {"minutes", render(minutes)},
            {"presenter", render(presenter)},
            {"is_closed", render(is_closed)},
            {"was_deliberated", render(was_deliberated)},
            {"outcome", render(outcome)},
            {"opinion", render(opinion)},
            {"documents", render(documents)}};
}

json::value render(const AttendanceFact& fact)
{
    const auto& [person, presence, at_ms] = fact;
    return {{"person", render(person)}, {"presence", render(presence)}, {"at_ms", render(at_ms)}};
}

json::value render(const HallScreen& screen)
{
    const auto& [content, message] = screen;
    return {{"content", render(content)}, {"message", render(message)}};
}

json::value render(const Speech& speech)
{
    const auto& [sitting, person, kind, item, answers, state, granted_at_ms, limit_ms, used_ms, minutes,
                 is_signed] = speech;
    return {{"sitting", render(sitting)},
            {"person", render(person)},
            {"kind", render(kind)},
            {"item", render(item)},
            {"answers", render(answers)},
            {"state", render(state)},
            {"granted_at_ms", render(granted_at_ms)},
            {"limit_ms", render(limit_ms)},
            {"used_ms", render(used_ms)},
            {"minutes", render(minutes)},
            {"is_signed", render(is_signed)}};
}

json::value render(const Press& press)
{
    const auto& [choice, seq] = press;
    return {{"choice", render(choice)}, {"seq", render(seq)}};
}

json::value render(const Sitting& sitting)
{
    const auto& [meeting, body, title, state, conduct_lent, present, history, active_item, open_vote, votes,
                 final_counts, quorum, remote, guests, gone, leave, absent_without_leave, recess_reason,
                 screens, queue, speaking, spoken, speaking_times, opened_at_ms, cancelled, held_as,
                 voting_keys, suspended] = sitting;
    json::object rendered{{"meeting", render(meeting)},
                          {"body", render(body)},
                          {"title", render(title)},
                          {"state", render(state)},
                          {"conduct_lent", render(conduct_lent)},
                          {"present", render(present)},
                          {"history", render_list(history)},
                          {"active_item", render(active_item)},
                          {"open_vote", render(open_vote)},
                          {"votes", render(votes)},
                          {"final_counts", render(final_counts)},
                          {"quorum", render(quorum)},
                          {"remote", render(remote)},
                          {"guests", render(guests)},
                          {"gone", render(gone)},
                          {"leave", render(leave)},
                          {"absent_without_leave", render(absent_without_leave)},
                          {"recess_reason", render(recess_reason)},
                          {"screens", render(screens)},
                          {"queue", render(queue)},
                          {"speaking", render(speaking)},
                          {"spoken", render(spoken)}};
    // When it was opened is the time of the entry and is left out; times of its own came later. Records from
    // before keep their hash.
    if (speaking_times) rendered["speaking_times"] = render(*speaking_times);
    if (!cancelled.empty()) rendered["cancelled"] = render(cancelled);
    if (!held_as.empty()) rendered["held_as"] = render(held_as);
    if (!voting_keys.empty()) rendered["voting_keys"] = render(voting_keys);
    if (!suspended.empty()) rendered["suspended"] = render(suspended);
    return rendered;
}

json::value render(const Paper& paper)
{
    const auto& [list, grades, rooms, ballots, lists, sheets, scrutineers, followed_by] = paper;
    return {{"list", render(list)},
            {"grades", render(grades)},
            {"rooms", render(rooms)},
            {"ballots", render(ballots)},
            {"lists", render(lists)},
            {"sheets", render(sheets)},
            {"scrutineers", render_list(scrutineers)},
            {"followed_by", render(followed_by)}};
}

/// Whose key it was drawn for follows from the entries before; the hash names them.
json::value render(const CalledRoll& roll)
{
    const auto& [round, question, list, root, length, vote_generator, devices, voting_keys, without, keys] =
        roll;
    return {{"round", render(round)},     {"question", render(question)},
            {"list", render(list)},       {"root", render(root)},
            {"length", render(length)},   {"vote_generator", render(vote_generator)},
            {"devices", render(devices)}, {"voting_keys", render(voting_keys)},
            {"without", render(without)}, {"key_holders", render(keys.hash)}};
}

/// Its sums follow from the file.
json::value render(const SealedBox& sealed)
{
    const auto& [root, file, ballots, spoils, sums, entry] = sealed;
    return {{"root", render(root)},
            {"file", render(file)},
            {"ballots", render(ballots)},
            {"spoils", render(spoils)},
            {"entry", render(entry)}};
}

json::value render(const GivenShare& given)
{
    const auto& [share, blob, holds, overridden, cosigned] = given;
    return {{"share", render(blob)},
            {"holds", render(holds)},
            {"overridden", render(overridden)},
            {"cosigned", render(cosigned)}};
}

json::value render(const SecretVote& secret)
{
    const auto& [roll, box, key_hash, sealed, shares, contested, confirmations, shred_started, shredded, left,
                 builds, other_builds, reused] = secret;
    json::object rendered{{"roll", render(*roll)}};
    if (!box) return rendered;
    rendered["box"] = render(*box);
    rendered["key_hash"] = render(key_hash);
    if (sealed) rendered["sealed"] = render(*sealed);
    rendered["shares"] = render(shares);
    rendered["contested"] = render(contested);
    rendered["confirmations"] = render(confirmations);
    rendered["shred_started"] = render(shred_started);
    rendered["shredded"] = render(shredded);
    rendered["left"] = render(left);
    if (reused > 0) rendered["reused"] = render(reused);
    if (builds.empty()) return rendered;
    rendered["builds"] = render(builds);
    rendered["other_builds"] = render(other_builds);
    return rendered;
}

json::value render(const Vote& vote)
{
    const auto& [sitting, item, title, text, profile, base_members, base_reason, attempt, first_attempt,
                 state, electorate_hash, electorate, presses, opened_at_ms, closes_at_ms, held_remaining_ms,
                 result, void_reason, void_note, retried_by, quorum, adopts_agenda, method, by_hands, hands,
                 objectors, objections, decided_at_ms, text_is_private, paper, series, deviation, matter,
                 sequel, base_by, base_confirmed_by, approved_scrutineers, secret] = vote;
    json::object rendered{{"sitting", render(sitting)},
                          {"item", render(item)},
                          {"title", render(title)},
                          {"text", render(text)},
                          {"profile", render(profile)},
                          {"base_members", render(base_members)},
                          {"base_reason", render(base_reason)},
                          {"attempt", render(attempt)},
                          {"first_attempt", render(first_attempt)},
                          {"state", render(state)},
                          {"electorate_hash", render(electorate_hash)},
                          {"electorate", render(electorate)},
                          {"presses", render(presses)},
                          {"opened_at_ms", render(opened_at_ms)},
                          {"closes_at_ms", render(closes_at_ms)},
                          {"held_remaining_ms", render(held_remaining_ms)},
                          {"result", render(result)},
                          {"void_reason", render(void_reason)},
                          {"void_note", render(void_note)},
                          {"retried_by", render(retried_by)},
                          {"quorum", render(quorum)},
                          {"adopts_agenda", render(adopts_agenda)},
                          {"method", render(method)},
                          {"by_hands", render(by_hands)},
                          {"hands", render(hands)},
                          {"objectors", render(objectors)},
                          {"objections", render(objections)},
                          {"decided_at_ms", render(decided_at_ms)},
                          {"text_is_private", render(text_is_private)}};
    if (paper != Paper{}) rendered["paper"] = render(paper);
    if (series) rendered["series"] = render(series);
    if (deviation) rendered["deviation"] = render(deviation);
    if (matter != VoteMatter{}) rendered["matter"] = render(matter);
    if (sequel != VoteSequel{}) rendered["sequel"] = render(sequel);
    if (secret.roll) rendered["secret"] = render(secret);
    // Whose number it is, and what approved scrutineers, follows from entries that were there before either
    // was noted.
    if (base_confirmed_by) {
        rendered["base_by"] = render(base_by);
        rendered["base_confirmed_by"] = render(base_confirmed_by);
    }
    return rendered;
}

template <class Key, class Value>
json::value render(const std::map<Key, Value>& map)
{
    json::array list;
    list.reserve(map.size());
    for (const auto& [key, value] : map)
        list.push_back(json::array{render(key), render(value)});
    return list;
}

template <class T>
json::value render_list(const std::vector<T>& values)
{
    json::array list;
    list.reserve(values.size());
    for (const auto& value : values)
        list.push_back(render(value));
    return list;
}

} // namespace

Digest state_hash(const State& state)
{
    // The last three are private and may be erased without changing history.
    [[maybe_unused]] const auto& [entries, now_ms, origin, persons_known, persons, offices, bodies, meetings,
                                  items, sittings, votes, speeches, consoles, suggestions, evaluations,
                                  petitions, signature_needs, codes, code_of, may_enrol] = state;
    json::object all{{"v", state_hash_version},
                     {"entries", render(entries)},
                     {"now_ms", render(now_ms)},
                     {"origin", render(origin)},
                     {"persons_known", render(persons_known)},
                     {"persons", render(persons)},
                     {"offices", render_list(offices)},
                     {"bodies", render(bodies)},
                     {"meetings", render(meetings)},
                     {"items", render(items)},
                     {"sittings", render(sittings)},
                     {"votes", render(votes)},
                     {"speeches", render(speeches)}};
    // Chapters that came later stand there only once they hold something: older states keep their hash.
    if (!consoles.empty()) all["consoles"] = render(consoles);
    for (auto& member : render_suggestions(state))
        all.insert(std::move(member));
    return sha256(canonical_json(all));
}

} // namespace plenum::chamber
