#include "protocol/ballot/box.hpp"
#include "protocol/entry_proof.hpp"
#include "protocol/merkle.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/secret_steps.hpp"
#include "tests/sim/script.hpp"

// Secret votes: consoles with keys that find themselves in the list, press, spoil and press again, and look
// for what they sent in the sealed box; a chair who waits for them or does not; key holders who give their
// shares, now and then a wrong one. Voters tell the ledger what their ballots say before they send them.

namespace plenum::sim {
namespace {

constexpr std::uint64_t try_again_us = 1'500'000;

template <class T>
T read(const boost::json::value& value)
{
    auto decoded = from_json<T>(value);
    claim(decoded.has_value(), [&] { return "cannot be read: " + boost::json::serialize(value); });
    return std::move(*decoded);
}

bool contains(const std::vector<SittingId>& sittings, SittingId sitting)
{
    return std::ranges::count(sittings, sitting) != 0;
}

/// What somebody presses; mostly the first of what may be chosen, and never more than may.
Bytes draw_choice(Random& random, const ballot::BallotShape& shape)
{
    const bool is_grid = shape.kind == ballot::ShapeKind::grid;
    const auto options = static_cast<std::uint8_t>(is_grid                                   ? shape.options
                                                   : shape.kind == ballot::ShapeKind::choose ? 2
                                                                                             : 3);
    Bytes said(is_grid ? shape.rows : shape.options);
    std::uint32_t marks = 0;
    for (auto& one : said) {
        one = random.chance(400) ? 1 : static_cast<std::uint8_t>(random.below(options));
        if (is_grid || one != 1) continue;
        if (++marks > shape.max) one = 0;
    }
    return said;
}

/// The secret vote on a screen, once its roll was called.
const VoteView* shown_vote(const Console& console, VoteId id)
{
    const auto found = console.screen().votes.find(id);
    if (found == console.screen().votes.end()) return nullptr;
    const auto& secret = found->second.secret;
    return secret && secret->roll ? &found->second : nullptr;
}

} // namespace

Script::SecretCourse& Script::course_of(VoteId vote)
{
    auto& course = secret_[vote];
    const auto& roll = state().votes.at(vote).secret.roll;
    const auto round = roll ? roll->round : 0;
    if (course.round != round || course.incarnation != server_.incarnation()) {
        course.acknowledged.clear();
        course.confirmed.clear();
    }
    course.round = round;
    course.incarnation = server_.incarnation();
    return course;
}

/// The member's console as it is in this sitting; its device is the same in all of them, until it is lost.
testing::SecretConsole& Script::voter(PersonId person, SittingId sitting)
{
    const auto seed = 1 + lost_[person];
    return voters_.try_emplace({person, sitting}, state().origin, person, seed).first->second;
}

/// A phone left in the car: its keys are gone, and the desk gives out a new code, if it is asked.
void Script::lose_console(PersonId person)
{
    lost_[person] += 1;
    std::erase_if(voters_, [&](const auto& entry) { return entry.first.first == person; });
    if (world_.random.chance(800))
        say(somebody(Role::secretary, std::nullopt), IssueAccessCodes{std::nullopt, person});
}

/// Once in a while, and again when another process may not know of it.
bool Script::may_try(const Console& console, std::string_view what, std::uint64_t id)
{
    const auto key = std::to_string(server_.incarnation()) + std::string(what);
    auto& next_us = tried_us_[{console.index(), key, id}];
    if (world_.schedule.now_us() < next_us) return false;
    next_us = world_.schedule.now_us() + try_again_us;
    return true;
}

void Script::react_secretly(Console& console)
{
    if (console.channel().empty()) return;
    make_keys(console);
    for (const auto& [id, vote] : console.screen().votes) {
        if (vote.secret && vote.secret->roll) follow_secret_vote(console, id, vote);
    }
}

/// A console is enrolled once; a voting key is made in every sitting its member comes to.
void Script::make_keys(Console& console)
{
    const auto& screen = console.screen();
    const auto person = *console.actor().person;
    if (screen.me.device && world_.random.below(6'000) == 0) lose_console(person);
    for (const auto id : screen.me.present_in) {
        const auto sitting = screen.sittings.find(id);
        if (sitting == screen.sittings.end() || contains(screen.me.remote_in, id)) continue;
        const auto keys = screen.keys.find(sitting->second.meeting);
        if (keys == screen.keys.end() || keys->second.phase != CeremonyPhase::made) continue;
        auto& device = voter(person, id);
        if (screen.me.device != device.device()) {
            if (may_try(console, "enroll", 0)) console.ask(device.enrol(console.channel()));
            return;
        }
        if (contains(screen.me.keyed_in, id) || !may_try(console, "key", number(id))) continue;
        const auto meeting = sitting->second.meeting;
        const bool is_new = !device.is_keyed() || world_.random.chance(50);
        console.ask(is_new ? device.sign_in(id, meeting, console.channel())
                           : device.register_again(id, meeting, console.channel()));
    }
}

void Script::follow_secret_vote(Console& console, VoteId id, const VoteView& vote)
{
    const auto person = *console.actor().person;
    auto& device = voter(person, vote.sitting);
    const auto& secret = *vote.secret;
    if (!device.is_keyed() || !state().votes.contains(id)) return;
    const auto& course = course_of(id);
    const auto pseudonym = [&] {
        const auto point = device.pseudonym(secret);
        return Bytes(point.bytes.begin(), point.bytes.end());
    };
    if (secret.phase == SecretPhase::called) {
        const bool has_said = course.acknowledged.contains(person) && course.round == secret.roll->round;
        const auto key = number(id) * 1'000 + secret.roll->round;
        if (!contains(console.screen().me.keyed_in, vote.sitting) || has_said) return;
        if (!may_try(console, "path", key)) return;
        console.ask(ReadRollPath::method, to_json(ReadRollPath{id, secret.roll->round, pseudonym()}));
    } else if (secret.phase == SecretPhase::sealed && !course.confirmed.contains(person)) {
        if (!may_try(console, "proof", number(id))) return;
        console.ask(ReadBoxProof::method, to_json(ReadBoxProof{id, pseudonym()}));
    }
}

void Script::press_secretly(std::size_t index, VoteId id)
{
    const auto wait_us = world_.random.below(world_.random.chance(800) ? 1'500'000 : 8'000'000);
    world_.schedule.after(wait_us, [this, index, id] {
        auto& console = *consoles_[index];
        const auto* vote = shown_vote(console, id);
        if (world_.calm || vote == nullptr || vote->state != VoteState::open) return;
        auto& device = voter(*console.actor().person, vote->sitting);
        if (!device.is_keyed()) return;
        const auto said = draw_choice(world_.random, vote->secret->shape);
        const auto cast = device.cast(id, *vote->secret, said);
        witness_.ledger().made(id, cast.ballot, said);
        console.ask(CastBallot::method, to_json(cast));
    });
}

/// A console that is broken: other bytes under the number of the ballot it sent before.
void Script::send_another(Console& console, CastBallot cast)
{
    cast.ballot.back() ^= 1;
    console.ask(CastBallot::method, to_json(cast));
}

void Script::spoil(Console& console, VoteId id)
{
    const auto* vote = shown_vote(console, id);
    if (vote == nullptr || vote->state != VoteState::open) return;
    auto& device = voter(*console.actor().person, vote->sitting);
    if (!device.is_keyed()) return;
    const auto spoil = device.spoil(id, *vote->secret);
    witness_.ledger().spoiled(id, spoil.spoil);
    console.ask(SpoilBallot::method, to_json(spoil));
}

void Script::ballot_answered(Console& console, const Request& asked, const boost::json::value& answer)
{
    const auto person = *console.actor().person;
    if (asked.method == ReadRollPath::method) {
        path_answered(console, read<ReadRollPath>(asked.params), read<RollPathAnswer>(answer));
    } else if (asked.method == AcknowledgeRoll::method) {
        const auto said = read<AcknowledgeRoll>(asked.params);
        auto& course = course_of(said.vote);
        if (course.round == said.round) course.acknowledged.insert(person);
    } else if (asked.method == CastBallot::method) {
        const auto cast = read<CastBallot>(asked.params);
        course_of(cast.vote).pressed.insert(person);
        if (world_.random.chance(80))
            spoil(console, cast.vote);
        else if (world_.random.chance(30))
            send_another(console, cast);
    } else if (asked.method == SpoilBallot::method) {
        // Whoever looked inside a ballot presses again, mostly.
        if (world_.random.chance(700)) press_secretly(console.index(), read<SpoilBallot>(asked.params).vote);
    } else if (asked.method == ReadBoxProof::method) {
        proof_answered(console, read<ReadBoxProof>(asked.params), read<BoxProofAnswer>(answer));
    } else if (asked.method == ConfirmBox::method) {
        course_of(read<ConfirmBox>(asked.params).vote).confirmed.insert(person);
    } else if (asked.method == ProveRecord::method) {
        record_answered(console, read<ProveRecord>(asked.params), read<RecordProof>(answer));
    }
}

void Script::path_answered(Console& console, const ReadRollPath& asked, const RollPathAnswer& answer)
{
    const auto* vote = shown_vote(console, asked.vote);
    if (vote == nullptr || vote->secret->roll->round != asked.round) return;
    const auto& device = voter(*console.actor().person, vote->sitting);
    const bool is_same_key =
        device.is_keyed() && std::ranges::equal(device.pseudonym(*vote->secret).bytes, asked.pseudonym);
    if (!is_same_key || vote->secret->phase != SecretPhase::called) return;
    claim(device.is_listed(*vote->secret, answer), "the path to a member does not lead into the list");
    console.ask(AcknowledgeRoll::method, to_json(device.acknowledge(asked.vote, *vote->secret)));
}

void Script::proof_answered(Console& console, const ReadBoxProof& asked, const BoxProofAnswer& answer)
{
    const auto* vote = shown_vote(console, asked.vote);
    if (vote == nullptr || !vote->secret->box) return;
    const auto proof = ballot::decode_proof(answer.proof);
    const auto pseudonym = ballot::parse_point(asked.pseudonym);
    claim(proof && pseudonym, "a proof of the box cannot be read");
    const auto leaf = ballot::check_proof(*proof, *pseudonym, vote->secret->box->root);
    claim(leaf.has_value(), "a proof does not lead into the sealed box");
    const auto& device = voter(*console.actor().person, vote->sitting);
    if (!device.is_keyed()) return;
    // Somebody who is mistaken, or wants to hold things up.
    if (world_.random.chance(15)) return console.ask(ContestBox{asked.vote});
    console.ask(ConfirmBox::method, to_json(device.confirm(asked.vote, *vote->secret)));
}

/// Where the keys are there and enough have theirs, many motions are voted on in secret.
void Script::draw_secrecy(PrepareVote& prepare, const chamber::Sitting& sitting)
{
    if (sitting.voting_keys.size() < chamber::secret_voters_min || !world_.random.chance(500)) return;
    prepare.profile.secrecy = Secrecy::secret;
    prepare.profile.method = VoteMethod::console;
    prepare.profile.groups.clear();
    prepare.profile.also_in.reset();
    if (prepare.profile.fallback == VoteMethod::hands) prepare.profile.fallback.reset();
}

/// A secret vote on its way to its opening; false when nothing is to be done about it.
bool Script::advance_roll(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    if (sitting.voting_keys.size() < chamber::secret_voters_min && world_.random.chance(900)) return false;
    if (!chamber::roll_fits(state(), vote)) {
        say(conductor(sitting), CallRoll{id, {}});
        return true;
    }
    const auto& course = course_of(id);
    const auto& devices = vote.secret.roll->devices;
    if (course.acknowledged.size() >= devices.size() || world_.random.chance(20)) {
        say(conductor(sitting), OpenVote{id, set_aside(vote, sitting)});
    } else if (world_.random.chance(200)) {
        CallRoll again{id, {}};
        for (const auto& [person, device] : devices) {
            if (!course.acknowledged.contains(person)) again.without.push_back(person);
        }
        if (devices.size() - again.without.size() < chamber::secret_voters_min) again.without.clear();
        say(conductor(sitting), again);
    } else if (world_.random.chance(30)) {
        if (auto* chair = conductor(sitting)) chair->ask(ListSilent::method, to_json(ListSilent{id}));
    }
    return true;
}

/// Holders give their shares of some sealed box; false when there is none.
bool Script::open_boxes()
{
    std::vector<VoteId> sealed;
    for (const auto& [id, vote] : state().votes) {
        if (vote.state == VoteState::closed && vote.secret.sealed) sealed.push_back(id);
    }
    if (sealed.empty()) return false;
    const auto id = world_.random.pick(sealed);
    for (const auto& holder : state().votes.at(id).secret.roll->keys.holders)
        open_box(id, holder.person);
    return true;
}

/// Whether this holder's share of the box is still to come; its number among the holders, from 0.
std::optional<std::size_t> Script::owes_share(VoteId id, PersonId person) const
{
    const auto& vote = state().votes.at(id);
    if (vote.state != VoteState::closed || !vote.secret.sealed) return std::nullopt;
    const auto& keys = vote.secret.roll->keys;
    const auto view = chamber::view_key_holders(state(), state().sittings.at(vote.sitting).meeting);
    const auto given = vote.secret.shares.find(person);
    const bool is_done = given != vote.secret.shares.end() && given->second.holds;
    const auto holder = std::ranges::find(keys.holders, person, &chamber::KeyHolder::person);
    if (is_done || view.key_holders != keys.hash || holder == keys.holders.end()) return std::nullopt;
    return static_cast<std::size_t>(holder - keys.holders.begin());
}

/// A holder who sees a sealed box has the record proven first, on from what was cosigned before.
void Script::open_box(VoteId id, PersonId person)
{
    auto* console = console_of({person, Role::key_holder});
    if (console == nullptr || !owes_share(id, person) || world_.random.chance(200)) return;
    console->ask(ProveRecord::method, to_json(ProveRecord{id, cosigned_[person].size}));
}

void Script::record_answered(Console& console, const ProveRecord& asked, const RecordProof& answer)
{
    const auto person = *console.actor().person;
    auto& known = cosigned_[person];
    const auto opened = plenum::decode_proof(answer.opened);
    const auto sealed = plenum::decode_proof(answer.sealed);
    claim(opened && sealed, "a proof of the record cannot be read");
    const auto record = check_proof(*sealed, Server::verifier());
    claim(record && check_proof(*opened, Server::verifier()) == record,
          "a proof of the record does not hold");
    // An answer to a question of before the last one was signed.
    if (asked.since != known.size) return;
    claim(verify_consistency(known.size, record->size, answer.consistency,
                             known.size == 0 ? empty_root() : known.root, record->root)
              .has_value(),
          "the record is not the one that was cosigned");
    if (const auto holder = owes_share(asked.vote, person)) give_share(asked.vote, *holder, *record);
}

void Script::give_share(VoteId id, std::size_t holder, const Checkpoint& record)
{
    const auto& vote = state().votes.at(id);
    const auto& roll = *vote.secret.roll;
    const auto confirmed = static_cast<std::uint32_t>(course_of(id).confirmed.size());
    const bool are_enough = 3 * std::uint64_t{confirmed} > 2 * std::uint64_t{roll.length};
    if (!are_enough && !world_.random.chance(150)) return;
    const auto person = roll.keys.holders[holder].person;
    const auto view = chamber::view_key_holders(state(), state().sittings.at(vote.sitting).meeting);
    const auto terms = chamber::share_terms(state(), id);
    keys_.record = cosigned_[person] = record;
    auto give =
        keys_.give(state().origin, view, holder, id, terms, vote.secret.sealed->sums, confirmed, !are_enough);
    if (world_.random.chance(100)) {
        give.share.back() ^= 1;
        give = keys_.give(holder, id, terms, std::move(give.share), confirmed, !are_enough);
    }
    say(console_of({person, Role::key_holder}), give);
}

} // namespace plenum::sim
