#include "protocol/access_code.hpp"
#include "protocol/record_id.hpp"
#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

// Secret votes at consoles, read once more: who is on the list, that there is one box, that what it holds is
// what voters know, and that it is opened by enough holders and shredded once it is over.

namespace plenum::sim {
namespace {

constexpr std::size_t threshold = 2; ///< as the script appoints holders

} // namespace

bool Recount::is_secret(const Ballot& ballot)
{
    return ballot.profile.secrecy == Secrecy::secret && ballot.method == VoteMethod::console;
}

void Recount::operator()(const AccessCodesIssued& event)
{
    const auto sheet = decode_access_codes(blobs_(event.codes));
    claim(sheet.has_value(), "a sheet of codes cannot be read");
    for (const auto& row : sheet->rows) {
        const bool is_meant = event.person ? row.person == *event.person : event.body.has_value();
        claim(is_meant, "a code for somebody the record does not name");
        if (row.role == Role::delegate) may_enrol_.insert(row.person);
    }
}

/// A new console ends the voting keys that were made on the one before, and takes a new code.
void Recount::operator()(const ConsoleEnrolled& event)
{
    claim(may_enrol_.erase(event.person) == 1, "two consoles enrolled with one code");
    if (!devices_.insert_or_assign(event.person, event.device).second) ++consoles_changed;
    for (auto& [id, room] : rooms_)
        room.keyed.erase(event.person);
}

void Recount::operator()(const VotingKeyRegistered& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(room.present.contains(event.person) && !room.remote.contains(event.person),
          "a voting key of somebody who is not there");
    room.keyed.insert(event.person);
}

void Recount::operator()(const RollCalled& event)
{
    auto& called = ballot(event.vote);
    claim(is_secret(called) && called.stage == Stage::prepared, "a list of a vote that is not to come");
    claim(event.round == called.secret.round + 1, "a round is left out");
    called.secret.round = event.round;
    called.secret.list = rooms_.at(called.sitting).keyed;
    for (const auto person : event.without)
        claim(called.secret.list.erase(person) == 1, "somebody is left out who was not on the list");
    claim(event.list_length == called.secret.list.size(), "the list is not of those who are there");
    ++rolls_called;
}

void Recount::operator()(const BallotBoxCreated& event)
{
    auto& boxed = ballot(event.vote);
    claim(is_secret(boxed) && boxed.stage == Stage::prepared && !boxed.secret.created_at,
          "a vote has two boxes");
    claim(event.copies > 0, "a box without a key");
    boxed.secret.created_at = seq_;
    boxes_[to_hex(ByteView(record_id(origin_, BallotBoxCreated::kind, seq_)))] = event.vote;
}

void Recount::check_secret_opening(const Ballot& opened, const VoteOpened& event) const
{
    const auto& secret = opened.secret;
    claim(event.secret.has_value() && event.secret->round == secret.round, "opened on another round");
    claim(secret.created_at && *secret.created_at + 1 == seq_, "a box does not stand before its vote");
    claim(opened.electorate == secret.list && opened.by_hands.empty(), "the electorate is not the list");
    auto keyed = rooms_.at(opened.sitting).keyed;
    for (const auto person : secret.list)
        claim(keyed.contains(person), "somebody on the list has gone");
    claim(secret.list.size() >= 5, "so few that the total says who");
}

void Recount::operator()(const BoxFrame& event)
{
    const auto box = boxes_.find(event.box);
    claim(box != boxes_.end(), "ballots for a box nobody made");
    claim(ballots_.at(box->second).stage == Stage::open, "ballots in a vote that is not open");
}

void Recount::operator()(const SeqReused& event)
{
    claim(ballot(event.vote).stage == Stage::open, "a number is used again in a vote that is not open");
    ++seqs_reused;
}

void Recount::operator()(const BallotBoxSealed& event)
{
    auto& sealed = ballot(event.vote);
    claim(is_secret(sealed) && sealed.stage == Stage::closed && !sealed.secret.said, "a box is sealed twice");
    sealed.secret.said = ledger.check_sealed(event, bytes_of(blobs_(event.box)));
    sealed.secret.ballots = event.ballots;
    claim(event.ballots <= sealed.electorate.size(), "more ballots than voters");
    ++boxes_sealed;
}

void Recount::operator()(const ShareGiven& event)
{
    auto& given = ballot(event.vote);
    claim(given.stage == Stage::closed && given.secret.said, "a share for a box that is not sealed");
    const bool are_enough = 3 * std::uint64_t{event.confirmed} > 2 * given.electorate.size();
    claim(event.overridden || are_enough, "a share before enough consoles confirmed");
    if (!event.holds)
        ++wrong_shares;
    else
        claim(given.secret.shares.insert(event.holder).second, "a holder gave two shares");
}

std::uint32_t Recount::left_of(const Ballot& ballot) const
{
    const auto& present = rooms_.at(ballot.sitting).present;
    std::uint32_t left = 0;
    for (const auto person : ballot.electorate)
        left += present.contains(person) ? 0 : 1;
    return left;
}

/// On a list of projects, or again among those of one, nothing is opposed and nobody abstains.
bool Recount::marks_projects(const Ballot& counted) const
{
    const auto* list = &*counted.list;
    while (list->follows)
        list = &*ballots_.at(*list->follows).list;
    return is_of_projects(list->list_kind);
}

/// What the voters pressed adds up to what is decided; of a list and of grades, line by line.
void Recount::check_said(const Ballot& counted, const VoteDecided& event) const
{
    const auto& said = *counted.secret.said;
    const auto listed = static_cast<std::uint32_t>(counted.electorate.size());
    const auto times = [&](std::size_t line, std::uint8_t option) {
        return static_cast<std::uint32_t>(
            std::ranges::count_if(said, [&](const Bytes& one) { return one.at(line) == option; }));
    };
    if (!counted.list && !counted.grades) {
        const Tally tally{times(0, 1), times(0, 2), times(0, 0), listed - counted.secret.ballots};
        return claim(event.tally == tally, "the totals are not what the voters pressed");
    }
    if (counted.list) {
        claim(event.places.has_value(), "a list and no places");
        const auto& figures = event.places->counted;
        for (std::size_t line = 0; line < figures.list.size(); ++line) {
            const auto& of = figures.list[line];
            claim(of.approve == times(line, 1) && of.oppose == times(line, 2) &&
                      of.abstain == (marks_projects(counted) ? 0 : times(line, 0)),
                  "a line of the list is not what the voters pressed");
        }
    } else {
        claim(event.grades.has_value(), "sheets and no grades");
        const auto& objects = event.grades->counted.objects;
        for (std::size_t row = 0; row < objects.size(); ++row) {
            for (std::size_t grade = 0; grade < objects[row].counts.size(); ++grade)
                claim(objects[row].counts[grade] == times(row, static_cast<std::uint8_t>(grade)),
                      "a grade is not what the voters pressed");
        }
    }
    check_chosen(counted, event);
}

void Recount::check_secret_figures(const Ballot& counted, const VoteDecided& event) const
{
    const auto& secret = counted.secret;
    claim(secret.said && event.totals, "a secret vote is decided without its box");
    claim(secret.ballots == 0 || secret.shares.size() >= threshold, "a box was opened by too few");
    check_said(counted, event);
    claim(event.totals->ballots == secret.ballots, "the totals are of another number of ballots");
    claim(event.totals->holders.size() == (secret.ballots == 0 ? 0 : threshold),
          "not so many holders opened it");
    claim(event.left == secret.left && event.groups.empty() && !event.hands,
          "a secret vote has other figures");
}

void Recount::operator()(const BoxShredStarted& event)
{
    auto& over = ballot(event.vote);
    claim(over.stage >= Stage::decided && over.secret.created_at && !over.secret.shredding,
          "the key of a box that is still needed is destroyed");
    over.secret.shredding = true;
}

void Recount::operator()(const BoxShredded& event)
{
    claim(ballot(event.vote).secret.shredding, "a key is destroyed that nobody began to destroy");
    ++boxes_shredded;
}

bool Recount::any_box_waits(MeetingId meeting) const
{
    return std::ranges::any_of(ballots_, [&](const auto& entry) {
        const auto& [id, one] = entry;
        const bool waits = one.stage > Stage::prepared && one.stage < Stage::decided;
        return waits && is_secret(one) && rooms_.at(one.sitting).meeting == meeting;
    });
}

void Recount::operator()(const ConsoleBuildsPinned& event)
{
    claim(!event.builds.empty() && !any_box_waits(event.meeting), "programs are pinned under a vote");
}

void Recount::operator()(const ShareErased& event)
{
    claim(erased_.emplace(event.key_holders, event.holder).second, "a share is erased twice");
    claim(ended_.contains(event.meeting) && !any_box_waits(event.meeting),
          "a share is erased that is needed");
}

} // namespace plenum::sim
