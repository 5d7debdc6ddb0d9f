#pragma once

#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/ballot/box.hpp"
#include "protocol/ballot/enrolment.hpp"
#include "protocol/ballot/erasure.hpp"
#include "protocol/ballot/key_holder.hpp"
#include "protocol/ballot/make_ballot.hpp"
#include "protocol/ballot/statement.hpp"
#include "protocol/ballot/totals.hpp"
#include "protocol/ballot/verify.hpp"
#include "protocol/secret_question.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <memory>

/// Secret votes written into a record by hand, step by step, with real keys, ballots and shares; where a test
/// changes a step, what a lie would look like.
namespace plenum::testing {

inline RuleProfile secret_rule()
{
    auto rule = simple_rule();
    rule.id = "test.secret";
    rule.secrecy = Secrecy::secret;
    return rule;
}

template <std::size_t size>
Bytes bytes_in(const std::array<std::uint8_t, size>& array)
{
    return {array.begin(), array.end()};
}

inline std::string text_in(const Bytes& bytes)
{
    return {bytes.begin(), bytes.end()};
}

/// Consoles, voting keys and key holders of one meeting, and the votes they hold.
class SecretRecord {
public:
    static constexpr std::uint32_t threshold = 2;

    struct Ballot {
        Bytes bytes;
        PersonId person{};
        std::uint32_t seq = 0;
        Bytes said{}; ///< a byte a row, option or candidate (ballot/choice.hpp)
    };
    struct Vote {
        std::map<PersonId, const SigningKey*> devices; ///< of those drawn
        std::vector<ballot::Point> pseudonyms;
        ballot::VoteContext context;
        RecordId box{};
        std::vector<Bytes> ballots; ///< in order of record
        std::vector<Bytes> spoils;
        std::map<PersonId, Ballot> newest;
        std::set<PersonId> spoiled;
        ballot::BoxContent content;
        Digest root;
        std::vector<ballot::EncryptedSum> sums;
        std::map<std::uint32_t, ballot::DecryptionShare> shares;
        std::uint32_t left = 0;
    };

    RecordedMeeting& m;
    std::vector<Actor> holders;
    std::map<VoteId, Vote> votes;

    /// Three key holders make the election key; everybody who is there enrols a console and registers a key.
    explicit SecretRecord(RecordedMeeting& meeting) : m(meeting)
    {
        for (const auto* name : {"甲", "乙", "丙"})
            holders.push_back(m.appoint(name, Role::key_holder, m.body, m.secretary));
        make_keys();
        cosign_what_comes();
        const auto present = m.sittings.at(m.sitting).present;
        for (const auto person : present)
            come(person);
    }

    /// The programs secret votes may be given with from here on; consoles of the record run `program`.
    static Digest program() { return sha256("the console's program"); }
    void pin(std::vector<Digest> builds)
    {
        m.write(m.secretary, ConsoleBuildsPinned{m.meeting, std::move(builds), "主任会议"});
    }

    /// What this holder, from 0, signs once the share is erased.
    ShareErased erased(std::uint32_t holder) const
    {
        const ballot::ErasureTerms terms{m.origin, meeting_id(), election_->key_holders, holder + 1};
        return {m.meeting, *holders[holder].person, election_->key_holders,
                bytes_in(ballot::sign_erasure(terms, *holder_keys_[holder]))};
    }
    void state_erased(std::uint32_t holder) { m.write(holders[holder], erased(holder)); }
    void close_meeting()
    {
        m.write(m.chair, SittingClosed{m.sitting});
        m.write(m.secretary, MeetingClosed{m.meeting});
    }

    RecordId meeting_id() const { return record_id(m.origin, MeetingCreated::kind, number(m.meeting)); }
    RecordId person_id(PersonId person) const { return record_id(m.origin, "person", number(person)); }
    static RecordId vote_id(const std::string& origin, VoteId vote)
    {
        return record_id(origin, VotePrepared::kind, number(vote));
    }

    // Consoles and keys.

    const SigningKey& device(PersonId person)
    {
        auto& made = devices_[person];
        if (!made) {
            std::array<std::uint8_t, 32> seed{};
            seed[0] = static_cast<std::uint8_t>(number(person));
            seed[1] = 99;
            made = std::make_unique<SigningKey>(seed);
        }
        return *made;
    }
    std::array<std::uint8_t, 32> channel(PersonId person) const
    {
        return sha256("channel of " + std::to_string(number(person))).bytes;
    }

    void enroll(PersonId person)
    {
        const ballot::EnrolmentTerms terms{m.origin, person_id(person), channel(person)};
        const auto& key = device(person);
        m.write({person, Role::delegate},
                ConsoleEnrolled{person, bytes_in(key.public_key()), bytes_in(channel(person)),
                                bytes_in(ballot::prove_device(terms, key))});
    }

    ballot::Registration registration(PersonId person, const ballot::VotingKey& key)
    {
        const auto& console = device(person);
        return ballot::register_key(
            {m.origin, meeting_id(), person_id(person), console.public_key(), channel(person)}, key, console,
            randomness_);
    }

    void register_key(PersonId person)
    {
        auto& key = keys_[person] = std::make_unique<ballot::VotingKey>(randomness_);
        const auto blob = m.keep(text_in(ballot::encode(registration(person, *key))));
        m.write({person, Role::delegate},
                VotingKeyRegistered{m.sitting, person, bytes_in(channel(person)), blob});
        keyed_in_.insert(person);
    }

    void come(PersonId person)
    {
        enroll(person);
        register_key(person);
    }
    void sign_out(PersonId person)
    {
        m.sign_out(person);
        keyed_in_.erase(person);
    }
    const ballot::VotingKey& key(PersonId person) const { return *keys_.at(person); }

    // A vote, step by step.

    VoteId prepare(const std::string& title = "关于人事任免的表决", std::optional<ItemId> item = {})
    {
        const auto id = m.prepare(secret_rule(), title, item);
        votes[id];
        return id;
    }

    /// A list or a sheet.
    VoteId prepare(const VotePrepared& prepared)
    {
        const auto id = m.prepare(prepared, m.secretary);
        votes[id];
        return id;
    }

    /// Lists of the tests that follow no other.
    SecretMatter matter(VoteId id) const
    {
        const auto& prepared = m.votes.at(id).prepared;
        SecretMatter matter{prepared.title, prepared.text};
        if (prepared.list) matter.list = &*prepared.list;
        if (prepared.list) matter.elects_persons = !is_of_projects(prepared.list->list_kind);
        if (prepared.grades) matter.grades = &*prepared.grades;
        return matter;
    }
    Digest question(VoteId id) { return keep(question_of(matter(id))); }
    Digest keep(const ballot::Question& asked) { return m.keep(canonical_json(to_json(asked))); }

    /// What is drawn from those who are there with a key.
    RollCalled roll(VoteId id, const std::vector<PersonId>& without = {})
    {
        auto& vote = votes.at(id);
        vote.devices.clear();
        std::vector<ballot::Point> voting_keys;
        for (const auto person : keyed_in_) {
            if (std::ranges::find(without, person) != without.end()) continue;
            vote.devices[person] = &device(person);
            voting_keys.push_back(key(person).public_key());
        }
        const auto list = ballot::make_list(ballot::random_scalar(randomness_), voting_keys).value();
        vote.pseudonyms = list.pseudonyms;
        RollCalled called;
        called.vote = id;
        called.round = vote.context.round = ++rounds_[id];
        called.question = question(id);
        called.list = m.keep(text_in(ballot::encode_list(list.pseudonyms)));
        called.roll_root = ballot::roll_root(list.pseudonyms);
        called.list_length = static_cast<std::uint32_t>(list.pseudonyms.size());
        called.vote_generator = bytes_in(list.vote_generator.bytes);
        called.without = without;
        bind(id, called, list.vote_generator);
        return called;
    }
    void call_roll(VoteId id, const std::vector<PersonId>& without = {})
    {
        m.write(m.chair, roll(id, without));
    }

    std::vector<ballot::Acknowledgement> acknowledgements(VoteId id) const
    {
        std::vector<ballot::Acknowledgement> all;
        for (const auto& [person, console] : votes.at(id).devices)
            all.push_back(ballot::acknowledge(votes.at(id).context, program(), *console));
        return all;
    }

    /// What opening it now would write.
    VoteOpened opening(VoteId id, const std::vector<ballot::Acknowledgement>& signed_by)
    {
        const auto& vote = votes.at(id);
        auto opened = m.opening(id);
        auto electorate = *decode_electorate(m.blobs.at(opened.electorate));
        electorate.present.clear();
        for (const auto& [person, console] : vote.devices)
            electorate.present.push_back(person);
        electorate.by_hands.clear();
        opened.electorate = m.keep(encode_electorate(electorate));
        opened.present = static_cast<std::uint32_t>(electorate.present.size());
        opened.by_hands = 0;
        const auto context = ballot::context_hash(vote.context);
        opened.secret = SecretOpening{vote.context.round, bytes_in(context),
                                      m.keep(text_in(ballot::encode_acknowledgements(context, signed_by)))};
        return opened;
    }
    VoteOpened opening(VoteId id) { return opening(id, acknowledgements(id)); }

    void create_box(VoteId id)
    {
        const auto seq = m.write(m.chair, BallotBoxCreated{id, sha256("the key of the box"), 2});
        votes.at(id).box = record_id(m.origin, BallotBoxCreated::kind, seq);
    }
    void open(VoteId id, const VoteOpened& opened)
    {
        create_box(id);
        m.now_ms -= 1; // one command, one moment
        m.votes.at(id).electorate = decode_electorate(m.blobs.at(opened.electorate))->present;
        m.votes.at(id).base_members = opened.base_members;
        m.write(m.chair, opened, m.entries.back().id);
    }
    void open(VoteId id) { open(id, opening(id)); }

    ballot::BallotTerms terms(VoteId id) const
    {
        return ballot::terms_of(votes.at(id).context, shape_of(matter(id)));
    }

    static Bytes said_of(Choice choice)
    {
        const std::map<Choice, std::uint8_t> options{
            {Choice::abstain, 0}, {Choice::approve, 1}, {Choice::oppose, 2}};
        return {options.at(choice)};
    }
    Bytes ballot(VoteId id, PersonId person, Choice choice, std::uint32_t seq)
    {
        return ballot(id, person, said_of(choice), seq);
    }
    Bytes ballot(VoteId id, PersonId person, const Bytes& said, std::uint32_t seq)
    {
        const auto of = terms(id);
        auto made = ballot::make_ballot(of, ballot::choice_of(of.shape.kind, said), key(person).secret(), seq,
                                        randomness_);
        return made.value().bytes;
    }

    void frame(VoteId id)
    {
        m.write(RecordedMeeting::server, BoxFrame{to_hex(votes.at(id).box), sha256("sealed records")});
        m.entries.back().at_ms.reset();
    }

    void cast(VoteId id, PersonId person, Choice choice, std::uint32_t seq = 1'000)
    {
        cast(id, person, said_of(choice), seq);
    }
    void cast(VoteId id, PersonId person, const Bytes& said, std::uint32_t seq = 1'000)
    {
        auto& vote = votes.at(id);
        Ballot cast{ballot(id, person, said, seq), person, seq, said};
        vote.ballots.push_back(cast.bytes);
        vote.spoiled.erase(person);
        vote.newest[person] = std::move(cast);
        frame(id);
    }
    void spoil(VoteId id, PersonId person)
    {
        auto& vote = votes.at(id);
        vote.spoils.push_back(ballot::encode(
            ballot::make_spoil(terms(id), key(person).secret(), vote.newest.at(person).seq, randomness_)));
        vote.spoiled.insert(person);
        frame(id);
    }

    void close(VoteId id)
    {
        auto& vote = votes.at(id);
        const auto& present = m.sittings.at(m.sitting).present;
        for (const auto& [person, console] : vote.devices)
            vote.left += present.contains(person) ? 0 : 1;
        m.write(m.chair, VoteClosed{id, ClosedBy::chair});
    }

    /// Of this content, which may be another than what came in.
    BallotBoxSealed sealing(VoteId id, ballot::BoxContent content)
    {
        auto& vote = votes.at(id);
        vote.content = std::move(content);
        vote.root = ballot::BoxTree(vote.content).root();
        vote.sums.assign(ballot::ciphertext_count(terms(id).shape), {});
        for (const auto& bytes : vote.content.ballots) {
            const auto read = ballot::decode_ballot(bytes, terms(id));
            if (!read) continue;
            for (std::size_t t = 0; t < vote.sums.size(); ++t) {
                vote.sums[t].alpha = ballot::add(vote.sums[t].alpha, read->ciphertexts[t].alpha);
                vote.sums[t].beta = ballot::add(vote.sums[t].beta, read->ciphertexts[t].beta);
            }
        }
        return {id, vote.root, static_cast<std::uint32_t>(vote.content.ballots.size()),
                static_cast<std::uint32_t>(vote.content.spoils.size()),
                m.keep(text_in(ballot::encode(terms(id), vote.content)))};
    }
    ballot::BoxContent collected(VoteId id) const
    {
        return ballot::collect(votes.at(id).ballots, votes.at(id).spoils).value();
    }
    void seal(VoteId id) { seal(id, collected(id)); }
    void seal(VoteId id, ballot::BoxContent content)
    {
        m.write(RecordedMeeting::server, sealing(id, std::move(content)));
    }

    ballot::ShareTerms share_terms(VoteId id) const
    {
        const auto& vote = votes.at(id);
        return {vote.context.vote, ballot::context_hash(vote.context), vote.root};
    }

    std::vector<ballot::Confirmation> confirmations(VoteId id) const
    {
        std::vector<ballot::Confirmation> all;
        for (const auto& [person, console] : votes.at(id).devices)
            all.push_back(ballot::confirm(terms(id), votes.at(id).root, *console));
        return all;
    }

    /// What a holder gives, counted from 1.
    ShareGiven giving(VoteId id, std::uint32_t holder)
    {
        auto& vote = votes.at(id);
        auto share =
            ballot::make_share(share_terms(id), holder, shares_.at(holder - 1), vote.sums, randomness_);
        vote.shares[holder] = share;
        const auto confirmed = static_cast<std::uint32_t>(vote.devices.size());
        return said(id, holder, m.keep(text_in(ballot::encode(share))), confirmed);
    }
    ShareGiven said(VoteId id, std::uint32_t holder, const Digest& share, std::uint32_t confirmed,
                    bool overridden = false)
    {
        const ballot::HolderStatement statement{holder, confirmed, overridden, share};
        return {id,
                *holders.at(holder - 1).person,
                confirmed,
                overridden,
                bytes_in(ballot::sign_statement(share_terms(id), statement, holder_key(holder))),
                share,
                true,
                Cosignature{}};
    }
    BoxConfirmed confirmed(VoteId id, const std::vector<ballot::Confirmation>& signed_by)
    {
        const auto& vote = votes.at(id);
        const auto context = ballot::context_hash(vote.context);
        return {id, vote.root, static_cast<std::uint32_t>(signed_by.size()),
                m.keep(text_in(ballot::encode_confirmations(context, vote.root, signed_by)))};
    }
    void give(VoteId id, std::uint32_t holder) { give(giving(id, holder), confirmations(id)); }
    /// With the confirmations when it is the first that holds.
    void give(const ShareGiven& given, const std::vector<ballot::Confirmation>& signed_by)
    {
        m.write({given.holder, Role::key_holder}, given);
        if (!given.holds || !opened_.insert(given.vote).second) return;
        m.now_ms -= 1;
        m.write(m.entries.back().actor, confirmed(given.vote, signed_by), m.entries.back().id);
    }

    /// How often each option of each row (of a list: each candidate) was said, counted from what was cast and
    /// not from what was encrypted. `options` stand beside each other in a row.
    std::vector<std::vector<std::uint32_t>> counts(VoteId id, std::size_t rows, std::size_t options) const
    {
        std::vector<std::vector<std::uint32_t>> sum(rows, std::vector<std::uint32_t>(options));
        for (const auto& [person, cast] : votes.at(id).newest) {
            if (votes.at(id).spoiled.contains(person)) continue;
            for (std::size_t row = 0; row < rows; ++row)
                ++sum.at(row).at(cast.said.at(row));
        }
        return sum;
    }
    std::uint32_t counted(VoteId id) const
    {
        const auto& vote = votes.at(id);
        return static_cast<std::uint32_t>(std::ranges::count_if(
            vote.newest, [&](const auto& cast) { return !vote.spoiled.contains(cast.first); }));
    }
    VoteDecided decision(VoteId id) const
    {
        const auto& vote = votes.at(id);
        const auto& recorded = m.votes.at(id);
        const auto listed = vote.context.list_length;
        const std::uint64_t base = ballot::packing_base(listed);
        VoteDecided decided;
        decided.vote = id;
        decided.left = vote.left;
        OpenedTotals totals{counted(id), {}, {}};
        decided.tally = {0, 0, 0, listed};
        if (recorded.prepared.list) {
            decide_list_of(id, decided, totals);
        } else if (recorded.prepared.grades) {
            decide_grades_of(id, decided, totals);
        } else {
            const auto sum = counts(id, 1, 3).front();
            totals.values = {sum[1] + base * sum[2]};
            decided.tally = {sum[1], sum[2], sum[0], listed - totals.ballots};
            decided.outcome =
                decide_outcome(recorded.prepared.profile, recorded.base_members, decided.tally, {});
        }
        for (const auto& [holder, share] : vote.shares)
            if (totals.holders.size() < threshold) totals.holders.push_back(*holders.at(holder - 1).person);
        decided.totals = totals;
        return decided;
    }
    void decide_list_of(VoteId id, VoteDecided& decided, OpenedTotals& totals) const
    {
        const auto& recorded = m.votes.at(id);
        const auto& list = *recorded.prepared.list;
        const bool marked = is_of_projects(list.list_kind);
        PlacesReturn figures{votes.at(id).context.list_length, totals.ballots, 0, {}};
        const auto sums = counts(id, list.candidates.size(), 3);
        for (std::size_t at = 0; at < sums.size(); ++at) {
            const auto& sum = sums[at];
            totals.values.push_back(sum[1]);
            if (!marked) totals.values.push_back(sum[2]);
            figures.list.push_back({list.candidates[at].name, sum[1], sum[2], marked ? 0 : sum[0]});
        }
        decided.outcome = outcome_of(figures);
        auto outcome = decide_list(list, recorded.base_members, figures);
        decided.places = PlacesDecided{std::move(figures), std::move(outcome)};
    }
    void decide_grades_of(VoteId id, VoteDecided& decided, OpenedTotals& totals) const
    {
        const auto& recorded = m.votes.at(id);
        const auto& sheet = *recorded.prepared.grades;
        const auto listed = votes.at(id).context.list_length;
        const std::uint64_t base = ballot::packing_base(listed);
        GradesCount figures{listed, totals.ballots, {}};
        const auto sums = counts(id, sheet.objects.size(), sheet.rule.grades.size());
        for (std::size_t at = 0; at < sums.size(); ++at) {
            std::uint64_t value = 0;
            for (std::size_t grade = sums[at].size() - 1; grade > 0; --grade)
                value = value * base + sums[at][grade];
            totals.values.push_back(value);
            figures.objects.push_back({sheet.objects[at], sums[at], 0});
        }
        decided.outcome = outcome_of(figures);
        auto outcomes = decide_sheets(sheet.rule, recorded.base_members, listed, figures);
        decided.grades = GradesDecided{std::move(figures), std::move(outcomes)};
    }
    void decide(VoteId id) { m.write(RecordedMeeting::server, decision(id)); }

    void shred(VoteId id)
    {
        m.write(RecordedMeeting::server, BoxShredStarted{id});
        m.write(RecordedMeeting::server, BoxShredded{id});
    }

    // Several steps.

    /// A list or a sheet on which each of `said` is what one member presses, from the first on; to the end.
    VoteId whole_list(const VotePrepared& prepared, const std::vector<Bytes>& said)
    {
        const auto id = prepare(prepared);
        call_roll(id);
        auto opened = opening(id);
        if (prepared.list && !is_of_projects(prepared.list->list_kind))
            opened.scrutineers = std::vector{person(0), person(1)};
        open(id, opened);
        for (std::size_t i = 0; i < said.size(); ++i)
            cast(id, person(i), said[i]);
        close(id);
        seal(id);
        give(id, 1);
        give(id, 3);
        return id;
    }

    PersonId person(std::size_t index) const { return m.person(index); }

    /// Called and opened.
    VoteId opened(const std::string& title = "关于人事任免的表决")
    {
        const auto id = prepare(title);
        call_roll(id);
        open(id);
        return id;
    }
    /// Pressed: four approve, one opposes after having approved, one abstains, one spoils and leaves it
    /// there.
    VoteId cast_by_all()
    {
        const auto id = opened();
        press(id);
        return id;
    }
    void press(VoteId id)
    {
        for (std::size_t i = 0; i < 5; ++i)
            cast(id, person(i), Choice::approve);
        cast(id, person(4), Choice::oppose, 2'000);
        cast(id, person(5), Choice::abstain);
        cast(id, person(6), Choice::oppose);
        spoil(id, person(6));
    }
    /// By these: the last one spoils and the one before opposes after having approved.
    void press(VoteId id, const std::vector<std::size_t>& by)
    {
        for (const auto i : by)
            cast(id, person(i), Choice::approve);
        cast(id, person(by[by.size() - 2]), Choice::oppose, 2'000);
        spoil(id, person(by.back()));
    }
    VoteId sealed()
    {
        const auto id = cast_by_all();
        close(id);
        seal(id);
        return id;
    }
    /// Two shares are given.
    VoteId openable()
    {
        const auto id = sealed();
        give(id, 1);
        give(id, 3);
        return id;
    }
    VoteId decided()
    {
        const auto id = openable();
        decide(id);
        return id;
    }
    VoteId whole()
    {
        const auto id = decided();
        shred(id);
        m.announce(id);
        return id;
    }

    const SigningKey& holder_key(std::uint32_t holder) const { return *holder_keys_.at(holder - 1); }
    ballot::Randomness& randomness() { return randomness_; }
    const ballot::SecretScalar& holder_share(std::uint32_t holder) const { return shares_.at(holder - 1); }
    const ballot::ElectionKeys& election() const { return *election_; }

private:
    void bind(VoteId id, const RollCalled& called, const ballot::Point& generator)
    {
        votes.at(id).context = {m.origin,
                                meeting_id(),
                                vote_id(m.origin, id),
                                called.round,
                                called.question,
                                hash_of(m.votes.at(id).prepared.profile),
                                called.roll_root,
                                called.list_length,
                                election_->key_holders,
                                election_->election_key,
                                generator};
    }

    template <class Step>
    void say(Step step)
    {
        for (std::uint32_t i = 0; i < holders.size(); ++i)
            step(i, *holders[i].person);
    }

    /// Holders cosign the record as it is when a share is given, unless a test says what they sign.
    void cosign_what_comes()
    {
        std::map<PersonId, std::shared_ptr<const SigningKey>> keys;
        for (std::size_t i = 0; i < holders.size(); ++i)
            keys[*holders[i].person] = holder_keys_[i];
        m.witness = [keys](Event& event, const Checkpoint& record) {
            auto* given = std::get_if<ShareGiven>(&event);
            const auto key = given == nullptr ? keys.end() : keys.find(given->holder);
            if (key == keys.end() || given->cosignature != Cosignature{}) return;
            given->cosignature.emplace(cosign(record, 1'790'000'000, *key->second));
        };
    }

    void make_keys()
    {
        ballot::CeremonyTerms terms{m.origin, meeting_id(), 1, threshold, {}};
        KeyHoldersAppointed appointed{m.meeting, {}, threshold, "主任会议"};
        const std::vector<std::string> names{"甲", "乙", "丙"};
        for (std::uint32_t i = 0; i < holders.size(); ++i) {
            std::array<std::uint8_t, 32> seed{};
            seed[0] = static_cast<std::uint8_t>(i + 1);
            holder_keys_.push_back(std::make_shared<const SigningKey>(seed));
            terms.holders.push_back({names[i], holder_keys_[i]->public_key()});
            appointed.holders.push_back({*holders[i].person, names[i]});
        }
        m.write(m.secretary, appointed);
        say([&](std::uint32_t i, PersonId who) {
            m.write(holders[i], CeremonyJoined{m.meeting, who, bytes_in(terms.holders[i].key)});
        });
        perform(terms);
        const auto& made = *election_;
        m.write(holders.back(),
                ElectionKeyMade{m.meeting, bytes_in(made.election_key.bytes), made.key_holders},
                m.entries.back().id);
    }

    void perform(const ballot::CeremonyTerms& terms)
    {
        const auto n = static_cast<std::uint32_t>(holders.size());
        std::deque<ballot::CeremonySeat> seats;
        for (std::uint32_t i = 0; i < n; ++i)
            seats.emplace_back(terms, i + 1, *holder_keys_[i], randomness_);
        say([&](std::uint32_t i, PersonId who) {
            m.write(holders[i], CeremonyCommitted{m.meeting, who, ballot::encode(seats[i].commit())});
            for (std::uint32_t j = 0; j < n; ++j)
                if (j != i) seats[j].take_commit(seats[i].commit()).value();
        });
        std::vector<ballot::CeremonySeat::Opening> openings;
        for (auto& seat : seats)
            openings.push_back(seat.open().value());
        say([&](std::uint32_t i, PersonId who) {
            m.write(holders[i], CeremonyOpened{m.meeting, who, ballot::encode(openings[i].message),
                                               sha256("parts of " + std::to_string(i))});
            for (std::uint32_t j = 0; j < n; ++j) {
                if (j == i) continue;
                const auto& part = openings[i].shares[ballot::share_index(i + 1, j + 1)];
                seats[j].take_open(openings[i].message, part).value();
            }
        });
        std::vector<ballot::CeremonyMessage> agrees;
        for (auto& seat : seats)
            agrees.push_back(seat.agree().value());
        say([&](std::uint32_t i, PersonId who) {
            m.write(holders[i], CeremonyAgreed{m.meeting, who, ballot::encode(agrees[i])});
            for (std::uint32_t j = 0; j < n; ++j)
                if (j != i) seats[j].take_agree(agrees[i]).value();
        });
        for (auto& seat : seats) {
            auto outcome = seat.finish().value();
            election_ = outcome.keys;
            shares_.push_back(std::move(outcome.share));
        }
    }

    ballot::RepeatableRandomness randomness_{2026};
    std::map<PersonId, std::unique_ptr<SigningKey>> devices_;
    std::map<PersonId, std::unique_ptr<ballot::VotingKey>> keys_;
    std::set<PersonId> keyed_in_;
    std::vector<std::shared_ptr<const SigningKey>> holder_keys_;
    std::vector<ballot::SecretScalar> shares_;
    std::optional<ballot::ElectionKeys> election_;
    std::map<VoteId, std::uint32_t> rounds_;
    std::set<VoteId> opened_; ///< of which a first share was given
};

/// A meeting with secret votes as they may go: one that carries; one with a silent console, a second round, a
/// spoiled ballot, a console that contests, a wrong share and an override; one that is void; and one with
/// names between them.
inline RecordedMeeting secret_meeting()
{
    RecordedMeeting m;
    m.prelude(9, 7);
    SecretRecord s(m);
    const auto item = m.add_adopted_item("人事任免事项");
    const auto carried = s.prepare("关于任命的表决", item);
    s.call_roll(carried);
    s.open(carried);
    for (std::size_t i = 0; i < 6; ++i)
        s.cast(carried, m.person(i), i == 5 ? Choice::oppose : Choice::approve);
    s.close(carried);
    s.seal(carried);
    s.give(carried, 1);
    s.give(carried, 2);
    s.decide(carried);
    s.shred(carried);
    m.announce(carried);

    const auto hard = s.prepare("关于免职的表决");
    s.call_roll(hard);
    s.call_roll(hard, {m.person(5)});
    s.open(hard);
    s.press(hard, {0, 1, 2, 3, 4, 6});
    s.sign_out(m.person(0));
    s.close(hard);
    s.seal(hard);
    m.write(m.member(1), BoxContested{hard, m.person(1)});
    auto wrong = m.blobs.at(s.giving(hard, 3).share);
    wrong.back() ^= 1;
    s.votes.at(hard).shares.erase(3);
    auto refused = s.said(hard, 3, m.keep(wrong), 6);
    refused.holds = false;
    s.give(refused, {});
    auto few = s.confirmations(hard);
    few.resize(3);
    s.give(s.said(hard, 1, s.giving(hard, 1).share, 3, true), few);
    s.give(hard, 3);
    s.decide(hard);
    s.shred(hard);
    m.announce(hard);

    m.whole_vote(simple_rule(), "具名表决", {Choice::approve});
    const auto lost = s.prepare("票箱密钥丢失的表决");
    s.sign_out(m.person(1));
    s.call_roll(lost);
    s.open(lost);
    s.cast(lost, m.person(2), Choice::approve);
    m.write(RecordedMeeting::server, VoteVoided{lost, VoidReason::ballot_key_lost, ""});
    s.shred(lost);
    m.publish();
    return m;
}

} // namespace plenum::testing
