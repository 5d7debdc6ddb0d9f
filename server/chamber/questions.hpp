#pragma once

#include "protocol/query.hpp"
#include "protocol/refusal.hpp"
#include "server/chamber/chamber.hpp"

// Questions that are answered from the state and change nothing (protocol/query.hpp), each with who may ask
// it. Public records are open to whoever has an office over the body; private values to those who need them.

namespace plenum::chamber {

template <class T>
using Answer = boost::system::result<T, Refusal>;

/// The answer, or why this actor does not get one; `blobs` finds private values and stored rosters.
Answer<MembersPage> ask(const State& state, const Actor& actor, const ListMembers& question,
                        const BlobSource& blobs);
Answer<NotPressedAnswer> ask(const State& state, const Actor& actor, const ListNotPressed& question,
                             const BlobSource& blobs);
Answer<AgendaAnswer> ask(const State& state, const Actor& actor, const ReadAgenda& question,
                         const BlobSource& blobs);
Answer<PrivateAnswer> ask(const State& state, const Actor& actor, const ReadDocument& question,
                          const BlobSource& blobs);
Answer<AttendeesAnswer> ask(const State& state, const Actor& actor, const ListAttendees& question,
                            const BlobSource& blobs);
Answer<AttendancePage> ask(const State& state, const Actor& actor, const ReadAttendance& question,
                           const BlobSource& blobs);
Answer<AttendanceStatistics> ask(const State& state, const Actor& actor, const ReadStatistics& question,
                                 const BlobSource& blobs);
Answer<PrivateAnswer> ask(const State& state, const Actor& actor, const ReadLeaveReason& question,
                          const BlobSource& blobs);
Answer<PrivateAnswer> ask(const State& state, const Actor& actor, const ReadPhoto& question,
                          const BlobSource& blobs);
Answer<RosterCheck> ask(const State& state, const Actor& actor, const CheckRoster& question,
                        const BlobSource& blobs);
Answer<AgendaCheck> ask(const State& state, const Actor& actor, const CheckAgenda& question,
                        const BlobSource& blobs);
Answer<OfficeView> ask(const State& state, const Actor& actor, const ListOffice& question,
                       const BlobSource& blobs);
Answer<RosterPage> ask(const State& state, const Actor& actor, const ReadRoster& question,
                       const BlobSource& blobs);

Answer<SheetAnswer> ask(const State& state, const Actor& actor, const ReadSheet& question,
                        const BlobSource& blobs);
Answer<RulesAnswer> ask(const State& state, const Actor& actor, const ReadRules& question,
                        const BlobSource& blobs);

Answer<PartsAnswer> ask(const State& state, const Actor& actor, const ReadParts& question,
                        const BlobSource& blobs);

Answer<SuggestionsPage> ask(const State& state, const Actor& actor, const ListSuggestions& question,
                            const BlobSource& blobs);
Answer<PetitionsPage> ask(const State& state, const Actor& actor, const ListPetitions& question,
                          const BlobSource& blobs);

/// Chair, operator or secretary: who works in the room rather than sits in it.
bool works_in_the_room(Role role);

/// Whether this actor gets the sheet of this vote: who works in the room, or audits, once it was announced or
/// is void. False where there is no such vote.
bool may_have_sheet(const State& state, const Actor& actor, VoteId vote);

/// Whether this vote is the one that names a series.
bool is_series(const State& state, VoteId vote);

/// The same of the sheet of a series, once the first vote of it was announced or is void. The others stand on
/// it without figures.
bool may_have_series_sheet(const State& state, const Actor& actor, VoteId series);

/// One of them with an office over this body.
bool keeps_the_room(const State& state, const Actor& actor, BodyId body);

/// Secretary with an office over this body.
bool prepares(const State& state, const Actor& actor, BodyId body);

/// As many findings about rows as one answer holds.
inline constexpr std::size_t row_findings_max = 500;
/// At most row_findings_max of them, in the order they have: notices give way to errors.
std::vector<RowFinding> most_important(std::vector<RowFinding> findings);
/// A finding that is about the list and not about one row.
RowFinding about_all_rows(const Refusal& refusal);

/// A value of the private store, or the refusal that it was erased.
Answer<PrivateAnswer> read_private(const State& state, const Digest& digest, const BlobSource& blobs);

} // namespace plenum::chamber
