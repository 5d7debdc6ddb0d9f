#include "clients/demo/committee.hpp"

#include <array>

namespace plenum::demo {
namespace {

/// Made up. Among them what real rosters bring: names of two and of many characters, with the middle dot,
/// with characters outside the common planes and fonts.
constexpr std::array names = {
    "欧阳静怡", "买买提·吐尔逊", "李𠮷",   "王伟",     "古丽巴哈尔·阿不都热合曼·玉素甫江",
    "陈䶮",     "司徒明远",      "张晓岚", "诸葛听雨", "赵㛃",
    "韩立春",   "格桑·次仁旺堆", "周以宁", "吴桂芬",   "郑向阳",
    "孙若溪",   "朱永康",        "胡雪梅", "林海生",   "何文博",
    "高秀兰",   "罗建国",        "梁思齐", "宋雨桐",   "唐国强",
    "许慕青",   "邓小川",        "冯远征", "曹沛然",   "彭晓东",
    "曾广志",   "肖玉洁",        "田家旺", "董卿云",   "潘望舒",
};

constexpr std::array committees = {"法制委员会", "财政经济委员会", "监察和司法委员会", "教科文卫委员会",
                                   "社会建设委员会"};
constexpr std::size_t committee_seats_in_a_row = 7;

} // namespace

replay::Convening committee()
{
    replay::Convening convening;
    convening.body_kind = BodyKind::standing_committee;
    convening.body = "云溪区第十九届人民代表大会常务委员会";
    for (std::size_t index = 0; index < names.size(); ++index) {
        const auto number = std::to_string(1001 + index);
        const auto seat = std::to_string(index / committee_seats_in_a_row + 1) + "排" +
                          std::to_string(index % committee_seats_in_a_row + 1) + "座";
        convening.members.push_back(
            {number, names[index], committees[index % committees.size()], seat, std::nullopt});
    }
    convening.meeting = "第二十二次会议";
    convening.term_no = 19;
    convening.session_no = 22;
    convening.quorum = {1, 2, true, Base::all_members};
    convening.sitting = "第一次全体会议";
    convening.meeting_kind = MeetingKind::standing_committee;
    return convening;
}

std::span<const Motion> committee_motions()
{
    // Of 35 members 18 must approve. 33 are present until two more come for the last motion.
    static const std::array all = {
        Motion{{"关于批准2024年区级决算的决议（草案）",
                "Resolution approving the final accounts of 2024 (draft)"},
               {33, 0, 0, 0},
               Verdict::passed},
        Motion{{"关于调整老旧小区停车收费标准的决定（草案）",
                "Decision on parking charges in old housing estates (draft)"},
               {17, 9, 5, 2},
               Verdict::not_passed},
        Motion{{"关于加强饮用水水源保护的决定（草案）",
                "Decision on protecting sources of drinking water (draft)"},
               {25, 4, 3, 1},
               Verdict::passed},
        Motion{{"云溪区街道议事代表会议工作办法（草案）", "Rules for street deliberative meetings (draft)"},
               {20, 6, 4, 3},
               Verdict::passed},
        Motion{{"关于夜间经济街区限时步行的决定（草案）",
                "Decision on pedestrian hours in night markets (draft)"},
               {16, 14, 3, 0},
               Verdict::not_passed},
        Motion{{"关于2025年民生实事项目调整方案的决议（草案）",
                "Resolution adjusting the livelihood projects of 2025 (draft)"},
               {18, 10, 5, 2},
               Verdict::passed},
    };
    return all;
}

RuleProfile committee_rule()
{
    auto rule = majority_rule("cn.standing_committee.motion",
                              {"议案表决：全体组成人员过半数", "motion: more than half of all members"},
                              {1, 2, true, Base::all_members});
    rule.secrecy = Secrecy::secret;
    rule.legal_basis = {
        {"中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", "第五十一条", "2022-03-11"}};
    return rule;
}

} // namespace plenum::demo
