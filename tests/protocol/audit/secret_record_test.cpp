#include "tests/protocol/audit/secret_forgery.hpp"

BOOST_AUTO_TEST_SUITE(secret_records)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Secret votes as they are lawfully recorded, and what each kind of bundle lets a stranger see of them.

namespace {

struct Meeting {
    RecordedMeeting m;
    std::optional<SecretRecord> secret;

    Meeting()
    {
        m.prelude(9, 7);
        secret.emplace(m);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_whole_secret_vote_is_verified_from_an_auditors_bundle)
{
    Meeting meeting;
    const auto id = meeting.secret->whole();
    const auto report = verify_for_auditor(meeting.m);
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST(other_notices_of(report).empty(), sentences_of(report));
    BOOST_REQUIRE(report.votes.size() == 1u);
    const auto& vote = report.votes.front();
    BOOST_TEST(vote.present == 7u);
    BOOST_TEST((vote.tally == Tally{4, 1, 1, 1}));
    BOOST_TEST((vote.outcome->verdict == Verdict::not_passed)); // of nine members
    const auto& secret = vote.secret.value();
    BOOST_TEST(secret.list_length == 7u);
    BOOST_TEST(secret.ballots == 6u);
    BOOST_TEST(secret.spoils == 1u);
    BOOST_TEST(secret.confirmed == 7u);
    BOOST_TEST(secret.shares == 2u);
    BOOST_TEST(secret.threshold == 2u);
    BOOST_TEST(secret.proofs_checked);
    BOOST_TEST(secret.shredded);
    BOOST_TEST((secret.root == meeting.secret->votes.at(id).root));
    BOOST_TEST(report.trackers.size() == 6u);
    const auto& cast = meeting.secret->votes.at(id).newest;
    BOOST_TEST((report.trackers.at(ballot::tracker(cast.at(meeting.m.person(0)).bytes)) == id));
    BOOST_TEST(!report.trackers.contains(ballot::tracker(cast.at(meeting.m.person(6)).bytes))); // spoiled
}

BOOST_AUTO_TEST_CASE(ballots_are_checked_together_with_randomness_and_one_by_one_without)
{
    Meeting meeting;
    meeting.secret->whole();
    ballot::RepeatableRandomness randomness(5);
    audit::Trust trust;
    trust.randomness = &randomness;
    std::uint64_t last = 0;
    std::uint64_t all = 0;
    const auto report =
        audit::verify(auditors_bundle_of(meeting.m), trust, [&](std::uint64_t done, std::uint64_t of) {
            BOOST_TEST(done >= last);
            last = done;
            all = of;
        });
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST(report.votes.front().secret->proofs_checked);
    BOOST_TEST(all == meeting.m.entries.size() + 6);
    BOOST_TEST(last == all);
}

BOOST_AUTO_TEST_CASE(a_public_bundle_says_once_what_it_does_not_show_and_proves_the_rest)
{
    Meeting meeting;
    meeting.secret->whole();
    const auto report = audit::verify(bundle_of(meeting.m));
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST((other_notices_of(report) == std::set{secret_unseen}));
    const auto& vote = report.votes.front();
    BOOST_TEST((vote.tally == Tally{4, 1, 1, 1}));
    BOOST_TEST(!vote.secret->proofs_checked);
    BOOST_TEST(report.trackers.empty());
    BOOST_TEST(!report.has_boxes);
}

BOOST_AUTO_TEST_CASE(a_members_bundle_shows_every_ballot_and_says_once_what_it_does_not)
{
    Meeting meeting;
    const auto id = meeting.secret->whole();
    const auto bundle = bundle_of(meeting.m, log_key(), {}, audit::BundleKind::member);
    const auto report = audit::verify(bundle);
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST((other_notices_of(report) == std::set{lists_unseen}));
    BOOST_TEST(report.has_boxes);
    const auto& vote = report.votes.front();
    BOOST_TEST((vote.tally == Tally{4, 1, 1, 1}));
    BOOST_TEST(vote.secret->proofs_checked);
    BOOST_TEST((report.trackers == verify_for_auditor(meeting.m).trackers));
    BOOST_TEST(report.trackers.size() == 6u);
    // Beside the public blobs it holds the box and nothing else.
    const auto& box =
        std::get<BallotBoxSealed>(std::ranges::find_if(meeting.m.entries, [](const Entry& entry) {
                                      return std::holds_alternative<BallotBoxSealed>(entry.event);
                                  })->event);
    BOOST_TEST((box.vote == id));
    auto public_files = bundle_of(meeting.m).files;
    auto files = bundle.files;
    BOOST_TEST(files.erase(audit::blob_path(box.box)) == 1u);
    for (auto* some : {&files, &public_files})
        some->erase(std::string(audit::manifest_path));
    BOOST_TEST((files == public_files));
}

BOOST_AUTO_TEST_CASE(lies_about_a_box_are_found_with_a_members_bundle)
{
    const auto errors_in = [](const RecordedMeeting& m) {
        return errors_of(audit::verify(bundle_of(m, log_key(), {}, audit::BundleKind::member)));
    };
    const auto sealed_in = [](RecordedMeeting& m) -> BallotBoxSealed& {
        for (auto& entry : m.entries) {
            if (auto* sealed = std::get_if<BallotBoxSealed>(&entry.event)) return *sealed;
        }
        throw std::logic_error("no box was sealed");
    };
    Meeting meeting;
    meeting.secret->whole();
    auto other_box = meeting.m;
    auto& sealed = sealed_in(other_box);
    auto content = other_box.blobs.at(sealed.box);
    content[content.size() - 60] ^= 1;
    sealed.box = sha256(content);
    other_box.blobs[sealed.box] = content;
    BOOST_TEST(errors_in(other_box).contains(box_changed));
    auto other_root = meeting.m;
    sealed_in(other_root).root = sha256("another root");
    BOOST_TEST(errors_in(other_root).contains(box_changed));
    auto fewer = meeting.m;
    --sealed_in(fewer).ballots;
    BOOST_TEST(errors_in(fewer).contains(box_changed));
    auto other_totals = meeting.m;
    for (auto& entry : other_totals.entries) {
        auto* decided = std::get_if<VoteDecided>(&entry.event);
        if (decided != nullptr && decided->totals) ++decided->totals->values.front();
    }
    BOOST_TEST(errors_in(other_totals).contains(totals_wrong));
}

BOOST_AUTO_TEST_CASE(a_bundle_of_one_kind_does_not_pass_as_the_other)
{
    Meeting meeting;
    meeting.secret->whole();
    const auto as = [](audit::BundleKind kind) {
        return [kind](audit::Manifest& manifest) { manifest.kind = kind; };
    };
    const auto stripped = audit::verify(bundle_of(meeting.m, log_key(), as(audit::BundleKind::auditor)));
    BOOST_TEST(errors_of(stripped).contains(file_missing), sentences_of(stripped));
    const auto filled = audit::verify(
        bundle_of(meeting.m, log_key(), as(audit::BundleKind::public_), audit::BundleKind::auditor));
    BOOST_TEST((errors_of(filled) == std::set{file_unexpected}), sentences_of(filled));
    const auto boxless = audit::verify(bundle_of(meeting.m, log_key(), as(audit::BundleKind::member)));
    BOOST_TEST((errors_of(boxless).contains(file_missing)), sentences_of(boxless));
    for (const auto kind : {audit::BundleKind::public_, audit::BundleKind::member}) {
        const auto more =
            kind == audit::BundleKind::member ? audit::BundleKind::auditor : audit::BundleKind::member;
        const auto report = audit::verify(bundle_of(meeting.m, log_key(), as(kind), more));
        BOOST_TEST((errors_of(report) == std::set{file_unexpected}), sentences_of(report));
    }
}

BOOST_AUTO_TEST_CASE(every_prefix_of_a_secret_vote_verifies_but_inside_of_a_command)
{
    Meeting meeting;
    meeting.secret->whole();
    const auto& whole = meeting.m;
    for (std::size_t size = 40; size <= whole.entries.size(); ++size) {
        auto part = whole;
        part.entries.resize(size);
        std::erase_if(part.published, [&](std::uint64_t at) { return at > size; });
        const bool inside = size < whole.entries.size() &&
                            whole.entries[size - 1].id == whole.entries[size].id &&
                            !whole.entries[size].id.empty();
        const auto& last = part.entries.back().event;
        std::set<audit::AuditCode> expected;
        if (inside && std::holds_alternative<BallotBoxCreated>(last)) expected = {box_out_of_order};
        if (inside && std::holds_alternative<ShareGiven>(last)) expected = {confirmations_wrong};
        const auto report = verify_for_auditor(part);
        BOOST_TEST((errors_of(report) == expected), size << " entries:" << sentences_of(report));
    }
}

BOOST_AUTO_TEST_CASE(a_silent_console_a_new_round_and_a_wrong_share_are_lawful)
{
    Meeting meeting;
    auto& s = *meeting.secret;
    auto& m = meeting.m;
    const auto id = s.prepare();
    s.call_roll(id);
    s.sign_out(m.person(6)); // which makes it another list
    s.call_roll(id, {m.person(5)});
    s.open(id);
    for (std::size_t i = 0; i < 5; ++i)
        s.cast(id, m.person(i), Choice::approve);
    m.write(m.server, SeqReused{id});
    m.sign_out(m.person(0));
    s.close(id);
    m.sign_out(m.person(1)); // after the close: was there while it was voted
    s.seal(id);
    m.write(m.member(2), BoxContested{id, m.person(2)});
    auto wrong = s.giving(id, 2);
    auto bytes = m.blobs.at(wrong.share);
    bytes.back() ^= 1;
    s.votes.at(id).shares.erase(2);
    wrong = s.said(id, 2, m.keep(bytes), 5);
    wrong.holds = false;
    s.give(wrong, {});
    auto overriding = s.giving(id, 1);
    overriding = s.said(id, 1, overriding.share, 2, true);
    auto few = s.confirmations(id);
    few.resize(2);
    s.give(overriding, few);
    s.give(id, 2); // another one, which holds
    s.decide(id);
    s.shred(id);
    m.announce(id);
    const auto report = verify_for_auditor(m);
    BOOST_TEST(report.ok, sentences_of(report));
    const std::set expected{seq_reused, box_contested, share_refused, share_overridden};
    BOOST_TEST((other_notices_of(report) == expected), sentences_of(report));
    BOOST_TEST(report.votes.front().left == 1u);
    BOOST_TEST(report.votes.front().secret->contested == 1u);
    BOOST_TEST(report.votes.front().secret->confirmed == 2u);
}

BOOST_AUTO_TEST_CASE(a_share_whose_holder_did_not_cosign_the_record_is_named)
{
    Meeting meeting;
    auto& s = *meeting.secret;
    const auto id = s.sealed();
    auto given = s.giving(id, 1);
    given.cosignature.reset(); // As in records of before this was asked for.
    s.give(given, s.confirmations(id));
    s.give(id, 2);
    s.decide(id);
    s.shred(id);
    const auto report = verify_for_auditor(meeting.m);
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST((other_notices_of(report) == std::set{share_not_cosigned}));
    BOOST_TEST(report.votes.front().secret->cosigned == 1u);
}

BOOST_AUTO_TEST_CASE(a_box_may_be_empty_and_then_nothing_is_decrypted)
{
    Meeting meeting;
    auto& s = *meeting.secret;
    const auto id = s.opened();
    s.close(id);
    s.seal(id);
    s.decide(id);
    s.shred(id);
    const auto report = verify_for_auditor(meeting.m);
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST((report.votes.front().tally == Tally{0, 0, 0, 7}));
}

BOOST_AUTO_TEST_CASE(a_vote_that_is_void_leaves_its_box_shut)
{
    Meeting meeting;
    auto& s = *meeting.secret;
    auto& m = meeting.m;
    const auto lost = s.cast_by_all();
    m.write(RecordedMeeting::server, VoteVoided{lost, VoidReason::ballot_key_lost, ""});
    s.shred(lost);
    const auto closed = s.cast_by_all();
    s.close(closed);
    m.write(RecordedMeeting::server, VoteVoided{closed, VoidReason::ballot_key_lost, ""});
    s.shred(closed);
    const auto sealed = s.sealed();
    m.write(m.chair, VoteVoided{sealed, VoidReason::disorder, "秩序混乱"});
    s.shred(sealed);
    const auto kept = s.cast_by_all();
    m.write(m.chair, VoteVoided{kept, VoidReason::wrong_text, ""});
    const auto report = verify_for_auditor(m);
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST((other_notices_of(report) == std::set{box_not_shredded}), sentences_of(report));
}

BOOST_AUTO_TEST_CASE(a_vote_whose_box_was_lost_goes_on_by_ballots_on_paper_and_never_by_hands)
{
    for (const auto method : {VoteMethod::paper, VoteMethod::hands}) {
        Meeting meeting;
        auto& s = *meeting.secret;
        auto& m = meeting.m;
        const auto lost = s.cast_by_all();
        m.write(RecordedMeeting::server, VoteVoided{lost, VoidReason::ballot_key_lost, ""});
        s.shred(lost);
        m.retry(lost, method);
        const bool is_paper = method == VoteMethod::paper;
        const auto report = verify_for_auditor(m);
        BOOST_TEST((errors_of(report).contains(attempt_wrong) == !is_paper), sentences_of(report));
    }
}

BOOST_AUTO_TEST_CASE(totals_of_lists_that_are_nearly_alike_are_worth_a_notice)
{
    Meeting meeting;
    auto& s = *meeting.secret;
    auto& m = meeting.m;
    const auto first = s.prepare();
    auto& rule = m.votes.at(first).prepared.profile;
    rule.min_participation = Threshold{9, 10, false, Base::all_members};
    m.newest<VotePrepared>().profile = rule;
    s.call_roll(first);
    s.open(first);
    s.press(first);
    s.close(first);
    s.seal(first);
    s.give(first, 1);
    s.give(first, 2);
    s.decide(first);
    s.shred(first);
    m.announce(first);
    const auto again = m.retry(first);
    s.votes[again];
    s.call_roll(again, {m.person(6)});
    s.open(again);
    for (std::size_t i = 0; i < 6; ++i)
        s.cast(again, m.person(i), Choice::approve);
    s.close(again);
    s.seal(again);
    s.give(again, 1);
    s.give(again, 2);
    s.decide(again);
    s.shred(again);
    const auto report = verify_for_auditor(m);
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST((other_notices_of(report) == std::set{lists_nearly_alike}), sentences_of(report));
}

BOOST_AUTO_TEST_CASE(the_report_has_the_figures_behind_a_secret_vote)
{
    Meeting meeting;
    meeting.secret->whole();
    const auto json = audit::to_json_report(verify_for_auditor(meeting.m));
    const auto& secret = json.at("votes").at(0).at("secret");
    BOOST_TEST(secret.at("ballots").as_int64() == 6);
    BOOST_TEST(secret.at("list_length").as_int64() == 7);
    BOOST_TEST(secret.at("proofs_checked").as_bool());
    BOOST_TEST(secret.at("root").is_string());
}

BOOST_AUTO_TEST_SUITE_END()
