#pragma once

#include "clients/replay/trouble.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// A recorded sitting of a real parliament: who sat in it, what each member did in each vote, and what the
// parliament itself published as the result.

namespace plenum::replay {

/// What the record says a member did. `not_voting` was present and did not press; `absent` was not there.
enum class Mark : std::uint8_t { approve, oppose, abstain, not_voting, absent };

struct RecordedMember {
    std::string id; ///< unique within the file
    std::string name;
    std::string group; ///< may be empty
};

/// The published figures of one group; what was not published is empty.
struct OfficialGroup {
    std::string group;
    std::optional<std::uint32_t> approve;
    std::optional<std::uint32_t> oppose;
    std::optional<std::uint32_t> abstain;
    std::optional<std::uint32_t> present;
    std::optional<std::uint32_t> cast; ///< `voted` in the file
    std::optional<bool> passed;
};

/// The published figures of a vote.
struct Official {
    std::optional<std::uint32_t> approve;
    std::optional<std::uint32_t> oppose;
    std::optional<std::uint32_t> abstain;
    std::optional<std::uint32_t> not_voting;
    std::optional<bool> passed;
    std::vector<OfficialGroup> groups;
};

/// A majority the source names, with the number it says was needed.
struct RecordedMajority {
    std::string type;
    std::optional<std::uint32_t> votes_needed;
};

struct RecordedVote {
    std::string id;
    std::string title;
    std::string time;        ///< as written in the file; sorts as text
    std::vector<Mark> marks; ///< one for each member, in the order of the members
    Official official;
    std::optional<RecordedMajority> majority;
    std::optional<bool> separate_majorities;
    std::string agenda_label; ///< of the agenda entry that lists this vote; empty: none does
};

/// A check of attendance between the votes: who was there, and how many the parliament counted.
struct AttendanceCheck {
    std::string id;
    std::string title;
    std::string time;
    std::vector<bool> present; ///< in the order of the members
    std::optional<std::uint32_t> official_present;
    std::optional<std::uint32_t> official_absent; ///< `not_participating` in the file
};

struct SittingFile {
    std::string chamber;
    std::string date;
    std::string notes;
    std::vector<RecordedMember> members;
    std::vector<RecordedVote> votes; ///< in the order of the file
    std::vector<AttendanceCheck> checks;
    std::size_t votes_without_list = 0; ///< `other_votes`: no member list, so nothing to replay
};

/// Reads the JSON text of a sitting. The trouble names the vote or member that does not fit.
Tried<SittingFile> read_sitting(std::string_view text);

/// The same from a file, unpacked first when it is gzip.
Tried<SittingFile> read_sitting_file(const std::string& path);

} // namespace plenum::replay
