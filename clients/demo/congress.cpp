#include "clients/demo/congress.hpp"

#include <array>
#include <map>

namespace plenum::demo {
namespace {

constexpr std::array surnames = {"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐",
                                 "孙", "马", "朱", "胡", "郭", "何", "林", "罗", "高", "梁", "郑",
                                 "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖",
                                 "田", "董", "袁", "潘", "蒋", "蔡", "余", "杜", "叶", "程", "欧阳"};
constexpr std::array given = {"文博", "家旺", "思齐", "雨桐", "国强", "慕青", "小川", "远征", "沛然", "晓东",
                              "广志", "玉洁", "卿云", "望舒", "静怡", "明远", "听雨", "立春", "以宁", "桂芬",
                              "向阳", "若溪", "永康", "雪梅", "海生", "秀兰", "建国", "晓岚", "伟",   "敏",
                              "丽华", "志刚", "春燕", "德胜", "红梅", "少云", "宏图", "美玲", "正清", "长河",
                              "凤英", "新民", "爱莲", "学礼", "宗义", "秋实", "可欣", "自强"};
constexpr std::array streets = {"东城街道", "西湖街道", "南山街道", "北门街道",
                                "龙溪镇",   "白云镇",   "青石镇",   "河口镇"};
constexpr std::size_t congress_seats_in_a_row = 16;

/// The first of each delegation who sit in the presidium: 5 in the first five delegations, else 4.
constexpr std::size_t presidium_in(std::size_t delegation)
{
    return delegation < 5 ? 5 : 4;
}

} // namespace

replay::Convening congress()
{
    replay::Convening convening;
    convening.body_kind = BodyKind::congress;
    convening.body = "云溪区第十九届人民代表大会";
    for (std::size_t deputy = 0; deputy < delegations * seats_in_delegation; ++deputy) {
        const auto family = deputy % surnames.size();
        // The step has no factor in common with the number of given names: no name comes twice.
        const auto first = (deputy / surnames.size() * 5 + family * 3) % given.size();
        const auto seat = std::to_string(deputy / congress_seats_in_a_row + 1) + "排" +
                          std::to_string(deputy % congress_seats_in_a_row + 1) + "座";
        convening.members.push_back(
            {std::to_string(2001 + deputy), std::string(surnames[family]) + given[first],
             std::string(streets[deputy / seats_in_delegation]) + "代表团", seat, std::nullopt});
    }
    convening.chair = presiding;
    convening.meeting = "第四次会议";
    convening.term_no = 19;
    convening.session_no = 4;
    convening.quorum = {2, 3, false, Base::all_members};
    convening.sitting = "全体会议";
    convening.meeting_kind = MeetingKind::congress_session;
    return convening;
}

bool comes(std::size_t deputy)
{
    const auto place = deputy % seats_in_delegation;
    return place < 41 || (place == 41 && deputy / seats_in_delegation < 3);
}

std::vector<std::size_t> presidium()
{
    std::vector<std::size_t> deputies;
    for (std::size_t delegation = 0; delegation < delegations; ++delegation) {
        for (std::size_t place = 0; place < presidium_in(delegation); ++place)
            deputies.push_back(delegation * seats_in_delegation + place);
    }
    return deputies;
}

std::span<const AgendaRow> congress_items()
{
    static const std::array items = {
        AgendaRow{1, "通过大会议程", ItemKind::procedural, 5, "", false},
        AgendaRow{1, "听取和审议区人民政府工作报告", ItemKind::report, 60, "区长", false},
        AgendaRow{1, "审查计划执行情况和预算执行情况的报告", ItemKind::report, 20, "区财政局局长", false},
        AgendaRow{1, "听取和审议区人大常委会、区人民法院、区人民检察院工作报告", ItemKind::report, 60,
                  "区人大常委会主任", false},
        AgendaRow{1, "表决关于政府工作报告的决议", ItemKind::resolution, 5, "", false},
        AgendaRow{1, "表决关于计划和预算的决议", ItemKind::resolution, 10, "", false},
        AgendaRow{1, "表决监票人、计票人名单", ItemKind::procedural, 10, "", false},
        AgendaRow{1, "表决关于区人大常委会工作报告的决议", ItemKind::resolution, 5, "", false},
        AgendaRow{1, "表决关于设立“云溪河保护日”的决定", ItemKind::resolution, 10, "", false},
        AgendaRow{1, "民生实事项目票决办法", ItemKind::project, 20, "", false},
        AgendaRow{1, "关于修建城南步行桥的议案", ItemKind::bill, 15, "代表联名", false},
    };
    return items;
}

LocalText congress_title(std::size_t number)
{
    static constexpr std::array english = {"Agenda of the session",
                                           "Report on the work of the government",
                                           "Reports on the plan and the budget",
                                           "Reports of the standing committee, court and procuratorate",
                                           "Resolution on the work of the government",
                                           "Resolution on the plan and the budget",
                                           "Scrutineers and tellers",
                                           "Resolution on the work of the standing committee",
                                           "Decision on a day of the Yunxi river",
                                           "How the livelihood projects are chosen",
                                           "Bill for a footbridge in the south of the town"};
    return {congress_items()[number - 1].title, english[number - 1]};
}

const Motion& congress_motion(std::size_t number)
{
    // Of 352 deputies 177 must approve. 331 are there for the agenda, 318 after the recess.
    static const std::map<std::size_t, Motion> all = {
        {1, {{"大会议程（草案）", "Agenda (draft)"}, {328, 1, 1, 1}, Verdict::passed}},
        {5,
         {{"关于政府工作报告的决议（草案）", "Resolution on the work of the government (draft)"},
          {309, 4, 3, 2},
          Verdict::passed}},
        {6,
         {{"关于计划和预算的决议（草案）", "Resolution on the plan and the budget (draft)"},
          {301, 9, 5, 3},
          Verdict::passed}},
        {7,
         {{"监票人、计票人名单（草案）", "Scrutineers and tellers (draft)"},
          {306, 6, 4, 2},
          Verdict::passed}},
        {8,
         {{"关于区人大常委会工作报告的决议（草案）",
           "Resolution on the work of the standing committee (draft)"},
          {0, 0, 0, 318},
          Verdict::adopted_no_objection}},
        // Exactly half of 352, which is not 过半数.
        {9,
         {{"关于设立“云溪河保护日”的决定（草案）", "Decision on a day of the Yunxi river (draft)"},
          {176, 100, 30, 12},
          Verdict::not_passed}},
    };
    return all.at(number);
}

RuleProfile congress_rule(VoteMethod method)
{
    auto rule = majority_rule("cn.congress.motion",
                              {"大会表决：全体代表过半数", "congress: more than half of all deputies"},
                              {2, 3, false, Base::all_members});
    rule.method = method;
    rule.legal_basis = {
        {"中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", "第十四条、第二十五条", "2022-03-11"}};
    return rule;
}

RuleProfile inner_rule()
{
    auto rule =
        majority_rule("cn.congress.inner", {"举手表决：全体成员过半数", "hands: more than half of all"},
                      {1, 2, true, Base::all_members});
    rule.method = VoteMethod::hands;
    return rule;
}

} // namespace plenum::demo
