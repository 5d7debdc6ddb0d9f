#include "tests/clients/trustee/holder_house.hpp"

#include "protocol/ballot/make_ballot.hpp"
#include "protocol/canonical_json.hpp"
#include "protocol/entry_proof.hpp"
#include "protocol/merkle.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::trustee {
namespace {

constexpr std::uint32_t members = 9;
constexpr std::uint32_t spoiler = 8; ///< who pressed, and then spoiled

Bytes bytes_from(ByteView view)
{
    return {view.begin(), view.end()};
}

Bytes spelled(const ballot::Question& question)
{
    return bytes_from(bytes_of(canonical_json(to_json(question))));
}

} // namespace

HolderHouse::HolderHouse(std::uint32_t pressed, std::uint32_t confirmed, std::uint64_t vote_number)
    : vote(VoteId{vote_number})
{
    hold_ceremony();
    call_roll();
    vote_and_seal(pressed, confirmed);
}

void HolderHouse::hold_ceremony()
{
    ballot::CeremonyRoom room(2, 3);
    ceremony_ = room.terms();
    BOOST_REQUIRE(ceremony_.origin == origin);
    holders = room.run();
}

void HolderHouse::call_roll()
{
    std::vector<ballot::Point> keys;
    for (std::uint32_t member = 0; member < members; ++member) {
        voters.push_back(
            {ballot::test_key(static_cast<std::uint8_t>(member + 1)), ballot::VotingKey(randomness_)});
        keys.push_back(voters.back().voting_key.public_key());
    }
    list = ballot::make_list(ballot::random_scalar(randomness_), keys).value();
    question.text = sha256("关于批准年度计划的决议");
    question.labels = {"关于批准年度计划的决议", "弃权", "赞成", "反对"};
    context.origin = origin;
    context.meeting = record_id(origin, "meeting.created", number(meeting));
    context.vote = record_id(origin, "vote.prepared", number(vote));
    context.round = 2;
    context.question = sha256(spelled(question));
    context.rule = sha256("rule");
    context.roll_root = ballot::roll_root(list.pseudonyms);
    context.list_length = members;
    context.key_holders = holders.front().keys.key_holders;
    context.election_key = holders.front().keys.election_key;
    context.vote_generator = list.vote_generator;
    for (const auto& voter : voters)
        acknowledgements.push_back(ballot::acknowledge(context, build, voter.device));
}

Bytes HolderHouse::ballot(const Voter& voter, std::uint8_t choice, std::uint32_t seq) const
{
    const auto made =
        ballot::make_ballot(terms(), ballot::choice_of(question.shape.kind, ByteView(&choice, 1)),
                            voter.voting_key.secret(), seq, randomness_);
    return made.value().bytes;
}

void HolderHouse::vote_and_seal(std::uint32_t pressed, std::uint32_t confirmed)
{
    std::vector<Bytes> ballots;
    for (std::uint32_t i = 0; i < pressed; ++i)
        ballots.push_back(ballot(voters[i], i < 4 ? 1 : static_cast<std::uint8_t>(i % 3), 100 + i));
    ballots.push_back(ballot(voters[spoiler], 2, 300));
    const auto spoil = ballot::make_spoil(terms(), voters[spoiler].voting_key.secret(), 300, randomness_);
    const std::vector<Bytes> spoils{ballot::encode(spoil)};
    box = ballot::collect(ballots, spoils).value();
    const auto root = ballot::BoxTree(box).root();
    for (std::uint32_t i = 0; i < confirmed; ++i)
        confirmations.push_back(ballot::confirm(terms(), root, voters[i].device));
}

ballot::Point HolderHouse::pseudonym_of(const Voter& voter) const
{
    return ballot::pseudonym(voter.voting_key.secret(), context.vote_generator);
}

Voter HolderHouse::stranger() const
{
    return {ballot::test_key(77), ballot::VotingKey(randomness_)};
}

ballot::ShareTerms HolderHouse::share_terms() const
{
    return {context.vote, terms().context, ballot::BoxTree(box).root()};
}

KeyHoldersView HolderHouse::keys_view() const
{
    KeyHoldersView view;
    view.meeting = meeting;
    view.meeting_id = bytes_from(ceremony_.meeting);
    view.threshold = ceremony_.threshold;
    view.attempt = ceremony_.attempt;
    view.phase = CeremonyPhase::made;
    const auto& transcript = holders.front().transcript;
    for (std::size_t i = 0; i < ceremony_.holders.size(); ++i) {
        KeyHolderView& holder = view.holders.emplace_back();
        holder.person = PersonId{100 + i};
        holder.name = ceremony_.holders[i].name;
        holder.key = bytes_from(ceremony_.holders[i].key);
        holder.commit = ballot::encode(transcript.commits[i]);
        holder.open = ballot::encode(transcript.opens[i]);
        holder.agree = ballot::encode(transcript.agrees[i]);
    }
    view.election_key = bytes_from(context.election_key.bytes);
    view.key_holders = context.key_holders;
    return view;
}

HeldKeys HolderHouse::keys() const
{
    HeldKeys keys;
    std::ranges::fill(keys.seed.fill(), std::uint8_t{0x80}); // As rooms.cpp makes the key of holder 1.
    HeldShare share;
    share.origin = origin;
    share.meeting = context.meeting;
    share.attempt = 1;
    share.key_holders = context.key_holders;
    share.share = holders.front().share.duplicate();
    keys.shares.push_back(std::move(share));
    return keys;
}

void HolderHouse::tell_question(Told& told, const ballot::Question& asked) const
{
    const auto bytes = spelled(asked);
    told.view.secret->roll->question = sha256(bytes);
    told.documents[sha256(bytes)] = bytes;
}

void HolderHouse::tell_list(Told& told, std::span<const ballot::Point> points) const
{
    told.files[SecretFile::list] = ballot::encode_list(points);
    told.view.secret->roll->roll_root = ballot::roll_root(points);
    told.view.secret->roll->list_length = static_cast<std::uint32_t>(points.size());
}

void HolderHouse::tell_box(Told& told, const ballot::BoxContent& content) const
{
    auto& said = *told.view.secret->box;
    const auto file = ballot::encode(terms(), content);
    told.files[SecretFile::box] = file;
    said.file = sha256(file);
    said.root = ballot::BoxTree(content).root();
    said.ballots = static_cast<std::uint32_t>(content.ballots.size());
    said.spoils = static_cast<std::uint32_t>(content.spoils.size());
}

void HolderHouse::tell_acknowledgements(Told& told, const std::vector<ballot::Acknowledgement>& all) const
{
    told.files[SecretFile::acknowledgements] = ballot::encode_acknowledgements(terms().context, all);
}

void HolderHouse::tell_confirmations(Told& told, const std::vector<ballot::Confirmation>& all) const
{
    told.files[SecretFile::confirmations] =
        ballot::encode_confirmations(terms().context, told.view.secret->box->root, all);
}

Told HolderHouse::told() const
{
    Told told;
    told.keys = keys_view();
    VoteView& view = told.view;
    view.id = vote;
    view.title = "关于批准年度计划的决议";
    view.text = question.text;
    view.state = VoteState::closed;
    view.base_members = members + 1;
    view.present = members;
    SecretVoteView& secret = view.secret.emplace();
    secret.phase = SecretPhase::sealed;
    secret.meeting_id = bytes_from(context.meeting);
    secret.vote_id = bytes_from(context.vote);
    secret.shape = question.shape;
    secret.election_key = bytes_from(context.election_key.bytes);
    secret.key_holders = context.key_holders;
    secret.threshold = 2;
    RollView& roll = secret.roll.emplace();
    roll.round = context.round;
    roll.rule = context.rule;
    roll.vote_generator = bytes_from(context.vote_generator.bytes);
    auto& sealed = secret.box.emplace();
    for (std::uint32_t i = 0; i < 3; ++i)
        sealed.shares.push_back(
            {PersonId{100 + i}, ceremony_.holders[i].name, i + 1, false, false, false, 0});
    told.context = bytes_from(terms().context);
    tell_question(told, question);
    tell_list(told, list.pseudonyms);
    tell_box(told, box);
    tell_acknowledgements(told, acknowledgements);
    tell_confirmations(told, confirmations);
    for (std::uint32_t i = 0; i < members; ++i)
        told.people.members.push_back(
            {PersonId{i + 1}, "代表" + std::to_string(i + 1), bytes_from(voters[i].device.public_key())});
    return told;
}

bool FakeServer::has_said(std::string_view english) const
{
    return std::ranges::any_of(
        said, [&](const LocalText& one) { return one.en.find(english) != std::string::npos; });
}

NoteVerifier HolderHouse::log()
{
    return note_verifier("plenum.example/npc", testing::log_key().public_key());
}

RecordProof FakeServer::prove(const ProveRecord& wanted)
{
    record_asked.push_back(wanted.since);
    VoteOpened opened;
    opened.vote = told.view.id;
    opened.secret.emplace(SecretOpening{told.view.secret->roll->round, told.context,
                                        sha256(told.files[SecretFile::acknowledgements])});
    const auto& box = *told.view.secret->box;
    BallotBoxSealed sealed{told.view.id, box.root, box.ballots, box.spoils, box.file};
    if (change_entries) change_entries(opened, sealed);
    const auto write = [&](Event event) {
        log.push_back(encode_entry({log.size(), 1, 1'790'000'000'000, Actor{}, "", std::move(event)}));
        return log.size() - 1;
    };
    write(ServerStarted{"0"});
    const auto first = write(opened);
    write(ServerStarted{"1"});
    const auto second = write(sealed);
    MerkleTree tree;
    for (const auto& entry : log)
        tree.append(leaf_hash(bytes_of(entry)));
    const auto size = tree.size();
    const auto note =
        sign_checkpoint({HolderHouse::log().name, size, tree.root()}, testing::log_key(log_key));
    const auto of = [&](std::uint64_t at) {
        return encode_proof({log[at], at, tree.inclusion_proof(at, size), note});
    };
    RecordProof proof{of(first), of(second), tree.consistency_proof(std::min(wanted.since, size), size)};
    if (change_proof) change_proof(proof);
    return proof;
}

Desk FakeServer::desk()
{
    Desk desk;
    desk.act = [this](const Command& command) -> Result<std::optional<LocalText>> {
        if (is_line_lost) return fault(Fault::io_error);
        if (const auto* erasure = std::get_if<StateErasure>(&command)) {
            stated.push_back(*erasure);
        } else {
            BOOST_REQUIRE(std::holds_alternative<GiveShare>(command));
            given.push_back(std::get<GiveShare>(command));
        }
        return refusal;
    };
    desk.page = [this](const ReadSecretFile& wanted) -> Result<SecretFilePage> {
        if (is_line_lost) return fault(Fault::io_error);
        if (before_page) before_page(wanted);
        const auto found = told.files.find(wanted.file);
        if (found == told.files.end() || wanted.from > found->second.size()) return fault(Fault::not_found);
        const auto& file = found->second;
        const auto left = std::min<std::size_t>(page_bytes, file.size() - wanted.from);
        const auto from = file.begin() + wanted.from;
        return SecretFilePage{0, sha256(file), static_cast<std::uint32_t>(file.size()),
                              Bytes(from, from + static_cast<std::ptrdiff_t>(left))};
    };
    desk.record = [this](const ProveRecord& wanted) -> Result<RecordProof> {
        if (is_line_lost) return fault(Fault::io_error);
        if (!has_record) return fault(Fault::not_found);
        return prove(wanted);
    };
    desk.roll = [this](VoteId) -> Result<RollAnswer> {
        if (is_line_lost) return fault(Fault::io_error);
        return told.people;
    };
    desk.document = [this](const Digest& digest) -> Result<Bytes> {
        const auto found = told.documents.find(digest);
        if (found == told.documents.end()) return fault(Fault::not_found);
        return found->second;
    };
    desk.keep = [this](HeldKeys&) -> Result<void> {
        if (!can_keep) return fault(Fault::not_durable);
        ++kept;
        return {};
    };
    desk.say = [this](const LocalText& words) { said.push_back(words); };
    desk.now_ms = [this] { return now_ms; };
    desk.now_s = [this] { return 1'790'000'000 + now_ms / 1000; };
    return desk;
}

} // namespace plenum::trustee
