#pragma once

#include <string>

namespace plenum::replay {

/// A sitting of twelve made-up members and five votes in the format of the recorded ones: passed, rejected,
/// decided by one vote, with absences that change, and a check of attendance. `published_for` is what it
/// claims as the number of those in favour in the last vote; five is true.
inline std::string small_sitting(int published_for)
{
    // One letter a member: f for, a against, s abstain, n not voting, - absent.
    struct Row {
        const char* marks;
        const char* official;
        int needed;
    };
    const Row rows[] = {
        {"ffffffffffff", R"("for":12,"against":0,"abstain":0,"not_voting":0,"result":"passed")", 7},
        {"fffffaaaaa--", R"("for":5,"against":5,"abstain":0,"not_voting":2,"result":"rejected")", 6},
        {"fffffaaaassn", R"("for":5,"against":4,"abstain":2,"not_voting":1,"result":"rejected")", 6},
        {"-fffffaaasn-", R"("for":5,"against":3,"abstain":1,"not_voting":3,"result":"passed")", 5},
        {"--fffffaasss", "", 6},
    };
    std::string text = R"({"chamber":"Assembly of the test","date":"2024-02-29","notes":"not_voting is )"
                       R"(\"notParticipating\"","members":[)";
    for (int member = 0; member < 12; ++member) {
        const auto id = std::to_string(member + 1);
        text += (member == 0 ? "" : ",") + std::string(R"({"id":"m)") + id + R"(","name":"成员 )" + id +
                R"(","group":")" + (member % 2 == 0 ? "左" : "右") + R"("})";
    }
    text += R"(],"attendance_checks":[{"id":"q","title":"quorum","time":"2024-02-29T10:02:30",)"
            R"("present":["m1","m2","m3"],)"
            R"("official":{"present":3,"not_participating":9}}],"votes":[)";
    int number = 0;
    for (const auto& row : rows) {
        const auto id = std::to_string(++number);
        text += (number == 1 ? "" : ",") + std::string(R"({"id":"v)") + id + R"(","title":"Motion )" + id +
                R"(","time":"2024-02-29T10:0)" + id +
                R"(:00","majority":{"type":"ABSOLUTE_MAJORITY","votes_needed":)" +
                std::to_string(row.needed) + R"(},"choices":{)";
        for (int member = 0; member < 12; ++member) {
            const char mark = row.marks[member];
            const char* word = mark == 'f'   ? "for"
                               : mark == 'a' ? "against"
                               : mark == 's' ? "abstain"
                               : mark == 'n' ? "not_voting"
                                             : "absent";
            text += (member == 0 ? "" : ",") + std::string(R"("m)") + std::to_string(member + 1) + R"(":")" +
                    word + '"';
        }
        const auto last = R"("for":)" + std::to_string(published_for) +
                          R"(,"against":2,"abstain":3,"not_voting":2,"result":"rejected")";
        text += R"(},"official":{)" + (*row.official == '\0' ? last : std::string(row.official)) + "}}";
    }
    return text + "]}";
}

} // namespace plenum::replay
