#pragma once

#include "protocol/rules/places.hpp"

// One ballot of an election or of a list of projects: is it valid, and for whom does it count?

namespace plenum {

/// What a ballot may hold.
struct ListBallotRule {
    std::uint32_t marks_max = 1; ///< approvals and write-ins together; 应选名额 unless the method says less
    WriteIn write_in = WriteIn::none;
    BlankMark blank = BlankMark::abstain;

    bool operator==(const ListBallotRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(ListBallotRule, (), (marks_max, write_in, blank))

/// What stands beside one candidate.
enum class Mark {
    blank,
    approve,
    oppose,
    abstain,
    unreadable ///< 无法辨认, or two marks: counts for nothing; the rest of the ballot counts
};

/// A ballot as it was filled in. It is never stored: only sums are.
struct ListBallot {
    std::vector<Mark> marks;            ///< one for each candidate, in the order of the list
    std::vector<std::string> write_ins; ///< other names, as written
};

/// What one ballot is worth. NOTE: append only.
enum class BallotValidity {
    valid,
    void_overvote,           ///< more chosen than seats: the whole ballot is void (选举法 44)
    write_in_void_rest_valid ///< a name written in that may not stand there; the rest counts
};
BOOST_DESCRIBE_ENUM(BallotValidity, valid, void_overvote, write_in_void_rest_valid)

/// `candidates` are the names on the ballot; `ballot.marks` has one for each.
BallotValidity check_ballot(const ListBallotRule& rule, std::span<const std::string> candidates,
                            const ListBallot& ballot);

/// The sums of ballots, one after another.
class ListTally {
public:
    ListTally(ListBallotRule rule, std::vector<std::string> candidates);

    /// Counts one ballot and says what it was.
    BallotValidity add(const ListBallot& ballot);

    /// Everything counted so far. `issued` is what was given out.
    PlacesReturn counted(std::uint32_t issued) const;

private:
    void add_write_ins(const ListBallot& ballot);

    ListBallotRule rule_;
    std::vector<std::string> candidates_;
    PlacesReturn sums_;
};

} // namespace plenum
