#include "clients/trustee/box_check.hpp"

#include "protocol/ballot/box.hpp"
#include "protocol/ballot/ciphertext_index.hpp"
#include "protocol/ballot/sums.hpp"
#include "protocol/blob_codec.hpp"
#include "protocol/secret_question.hpp"

#include <algorithm>
#include <set>

namespace plenum::trustee {
namespace {

using ballot::Point;
using ballot::VerifyKey;
using Step = std::optional<BoxRefusal>; ///< nothing: it holds

BoxRefusal refuse(BoxFault what, std::string zh, std::string en)
{
    return {what, {std::move(zh), std::move(en)}};
}

std::string text(std::size_t number)
{
    return std::to_string(number);
}

/// What the vote asks, as it is shown to everybody.
SecretMatter matter_shown(const VoteView& view)
{
    SecretMatter matter{view.title, view.text};
    if (view.list) matter.list = &*view.list;
    matter.elects_persons = view.list_of.value_or(ListOf::persons) == ListOf::persons;
    if (view.grades) matter.grades = &*view.grades;
    return matter;
}

/// One box on its way through the checks, each of which uses what the one before has established.
class BoxCheck {
public:
    BoxCheck(const VoteView& view, const BoxFiles& files, const OwnElection& election,
             std::span<const Digest> builds, ballot::Randomness& randomness)
        : view_(view), secret_(*view.secret), files_(files), election_(election), builds_(builds),
          randomness_(randomness)
    {}

    BoxResult<CheckedBox> run()
    {
        using Check = Step (BoxCheck::*)();
        constexpr Check checks[] = {
            &BoxCheck::check_context,  &BoxCheck::check_question, &BoxCheck::check_list,
            &BoxCheck::check_people,   &BoxCheck::check_builds,   &BoxCheck::check_acknowledgements,
            &BoxCheck::check_box_file, &BoxCheck::check_ballots,  &BoxCheck::check_spoils};
        for (const auto check : checks) {
            if (auto refusal = (this->*check)()) return std::move(*refusal);
        }
        checked_.sums = ballot::sums_of(checked_.terms, box_.ballots).value(); // They are checked.
        return std::move(checked_);
    }

private:
    Step check_context();
    Step check_question();
    Step check_list();
    Step check_people();
    Step check_builds();
    Step check_acknowledgements();
    Step check_box_file();
    Step check_ballots();
    Step check_spoils();

    bool is_listed(const Point& pseudonym) const { return std::ranges::binary_search(list_, pseudonym); }

    const VoteView& view_;
    const SecretVoteView& secret_;
    const BoxFiles& files_;
    const OwnElection& election_;
    std::span<const Digest> builds_;
    ballot::Randomness& randomness_;

    ballot::VoteContext context_;
    std::vector<Point> list_;
    std::vector<ballot::Acknowledgement> acknowledgements_;
    ballot::BoxContent box_;
    CheckedBox checked_;
};

Step BoxCheck::check_context()
{
    auto context = context_of(view_, election_);
    if (!context) return context.error();
    context_ = std::move(*context);
    return std::nullopt;
}

Step BoxCheck::check_question()
{
    const auto question = decode_blob<ballot::Question>(text_of(files_.question));
    if (sha256(files_.question) != context_.question || !question || question->text != view_.text)
        return refuse(BoxFault::other_question, "问题与表决文本不符",
                      "the question is not that of the text shown");
    const auto matter = matter_shown(view_);
    const bool is_asked = !(matter.list && matter.grades) && question->shape == shape_of(matter);
    if (!is_asked || question->shape != secret_.shape || !ballot::check_shape(question->shape))
        return refuse(BoxFault::other_shape, "问题与选票形式不符", "the question has another shape");
    if (question->labels != question_of(matter).labels)
        return refuse(BoxFault::other_question, "选票上的文字与所示不符",
                      "the ballot says something else than what is shown");
    checked_.terms = ballot::terms_of(context_, question->shape);
    return std::nullopt;
}

Step BoxCheck::check_list()
{
    auto list = ballot::decode_list(files_.list);
    if (!list) return refuse(BoxFault::bad_list, "名单无效", "the list is none: " + list.error().message());
    if (list->size() != context_.list_length || ballot::roll_root(*list) != context_.roll_root)
        return refuse(BoxFault::other_list, "名单与公布的不符", "this is not the list consoles signed");
    list_ = std::move(*list);
    return std::nullopt;
}

/// By counting alone nothing on the list belongs to anybody else: as many persons as entries, each with one
/// device, and no device twice.
Step BoxCheck::check_people()
{
    const auto& members = files_.people.members;
    const bool ascend = std::ranges::adjacent_find(members, std::ranges::greater_equal{},
                                                   &RollMember::person) == members.end();
    std::set<VerifyKey> devices;
    for (const auto& member : members) {
        VerifyKey device{};
        if (member.device.size() != device.size()) continue;
        std::ranges::copy(member.device, device.begin());
        devices.insert(device);
    }
    if (!ascend || members.size() != list_.size() || devices.size() != members.size())
        return refuse(BoxFault::bad_people, "名单人员与名单不符",
                      "the persons do not fit the list one by one");
    if (view_.present != list_.size())
        return refuse(BoxFault::bad_people, "名单人数与出席人数不符",
                      "the list is not as long as members are present");
    checked_.devices.assign(devices.begin(), devices.end());
    return std::nullopt;
}

Step BoxCheck::check_builds()
{
    auto all = ballot::decode_acknowledgements(checked_.terms.context, files_.acknowledgements);
    if (!all)
        return refuse(BoxFault::bad_acknowledgements, "确认文件不属于本轮名单",
                      "these acknowledgements are not of this round");
    acknowledgements_ = std::move(*all);
    checked_.acknowledgements = sha256(files_.acknowledgements);
    std::set<Digest> builds;
    for (const auto& one : acknowledgements_)
        builds.insert(one.build);
    const bool pinned = std::ranges::all_of(
        builds, [&](const Digest& build) { return std::ranges::find(builds_, build) != builds_.end(); });
    if (builds_.empty() ? builds.size() > 1 : !pinned)
        return refuse(BoxFault::other_build, "有表决器运行非指定程序", "a console ran another program");
    checked_.builds.assign(builds.begin(), builds.end());
    return std::nullopt;
}

Step BoxCheck::check_acknowledgements()
{
    const auto found =
        ballot::check_acknowledgements(context_, acknowledgements_, checked_.devices, checked_.builds);
    if (!found.unknown.empty() || !found.repeated.empty() || !found.forged.empty())
        return refuse(BoxFault::foreign_acknowledgement, "有不属于名单或无效的确认",
                      "an acknowledgement is forged or not of the list");
    if (!found.complete())
        return refuse(BoxFault::missing_acknowledgement, "缺少" + text(found.missing.size()) + "份确认",
                      text(found.missing.size()) + " consoles did not acknowledge the list");
    return std::nullopt;
}

Step BoxCheck::check_box_file()
{
    const auto& said = *secret_.box;
    auto box = ballot::decode_box(checked_.terms, files_.box);
    if (sha256(files_.box) != said.file || !box)
        return refuse(BoxFault::bad_box, "票箱文件无效", "this is not the file of the box");
    if (box->ballots.size() != said.ballots || box->spoils.size() != said.spoils)
        return refuse(BoxFault::other_count, "票箱票数与公布的不符",
                      "the box has other figures than are shown");
    if (ballot::BoxTree(*box).root() != said.root)
        return refuse(BoxFault::other_root, "票箱与公布的根不符", "the box does not have the root shown");
    box_ = std::move(*box);
    checked_.share_terms = {checked_.terms.vote, checked_.terms.context, said.root};
    checked_.file = said.file;
    checked_.ballots = said.ballots;
    checked_.spoils = said.spoils;
    return std::nullopt;
}

Step BoxCheck::check_ballots()
{
    const std::vector<ByteView> views(box_.ballots.begin(), box_.ballots.end());
    const auto verified = ballot::verify_ballots(views, checked_.terms, randomness_);
    ballot::CiphertextIndex index;
    for (std::size_t i = 0; i < verified.size(); ++i) {
        const auto number = text(i + 1);
        const auto& one = verified[i];
        if (!one)
            return refuse(BoxFault::bad_ballot, "第" + number + "张票的证明不成立",
                          "the proof of ballot " + number + " does not hold");
        if (!is_listed(one->pseudonym()))
            return refuse(BoxFault::foreign_ballot, "第" + number + "张票不属于名单",
                          "ballot " + number + " is of nobody on the list");
        if (!index.add(*one))
            return refuse(BoxFault::copied_ballot, "第" + number + "张票抄自另一张",
                          "ballot " + number + " was copied from another");
    }
    return std::nullopt;
}

Step BoxCheck::check_spoils()
{
    for (const Bytes& bytes : box_.spoils) {
        const auto spoil = ballot::decode_spoil(bytes);
        if (!spoil || !ballot::check_spoil(checked_.terms, *spoil))
            return refuse(BoxFault::bad_spoil, "有无效的作废声明", "a spoil was not made by its voter");
        if (!is_listed(spoil->head.pseudonym))
            return refuse(BoxFault::foreign_spoil, "有不属于名单的作废声明",
                          "a spoil is of nobody on the list");
    }
    return std::nullopt;
}

} // namespace

BoxResult<ballot::VoteContext> context_of(const VoteView& view, const OwnElection& election)
{
    const auto& secret = *view.secret;
    const auto& roll = *secret.roll;
    const auto is = [](const Bytes& said, ByteView known) { return std::ranges::equal(said, known); };
    ballot::VoteContext context;
    context.origin = election.origin;
    context.meeting = election.meeting;
    context.vote = record_id(election.origin, VotePrepared::kind, number(view.id));
    context.round = roll.round;
    context.question = roll.question;
    context.rule = roll.rule;
    context.roll_root = roll.roll_root;
    context.list_length = roll.list_length;
    context.key_holders = election.keys.key_holders;
    context.election_key = election.keys.election_key;
    if (!is(secret.meeting_id, context.meeting))
        return refuse(BoxFault::other_meeting, "表决不属于本会议", "the vote is of another meeting");
    if (!is(secret.vote_id, context.vote))
        return refuse(BoxFault::other_vote, "表决编号不符", "the vote has another record id");
    if (!is(secret.election_key, context.election_key.bytes) || secret.key_holders != context.key_holders ||
        secret.threshold != election.keys.threshold)
        return refuse(BoxFault::other_key, "选举密钥不是本设备所生成的",
                      "the election key is not the one this device made");
    const auto generator = ballot::parse_point(roll.vote_generator);
    if (!generator || generator->is_identity() || roll.list_length == 0 || roll.round == 0)
        return refuse(BoxFault::bad_roll, "名单数据无效", "the figures of the list cannot be");
    context.vote_generator = *generator;
    return context;
}

BoxResult<CheckedBox> check_box(const VoteView& view, const BoxFiles& files, const OwnElection& election,
                                std::span<const Digest> builds, ballot::Randomness& randomness)
{
    return BoxCheck(view, files, election, builds, randomness).run();
}

BoxResult<ballot::RollCheck> check_box_confirmations(const CheckedBox& box, ByteView confirmations)
{
    const auto& root = box.share_terms.box_root;
    const auto all = ballot::decode_confirmations(box.terms.context, root, confirmations);
    if (!all)
        return refuse(BoxFault::bad_confirmation, "票箱确认不属于本票箱",
                      "these are no confirmations of this box");
    auto found = ballot::check_confirmations(box.terms, root, *all, box.devices);
    if (!found.unknown.empty() || !found.repeated.empty() || !found.forged.empty())
        return refuse(BoxFault::bad_confirmation, "有不属于名单或无效的票箱确认",
                      "a confirmation is forged or not of the list");
    return found;
}

} // namespace plenum::trustee
