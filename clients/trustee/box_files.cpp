#include "clients/trustee/box_files.hpp"

namespace plenum::trustee {
namespace {

constexpr std::size_t box_bytes_max = 256 * 1024 * 1024; // 3,000 ballots of the longest shape are 195 MB.
constexpr unsigned readings_max = 5;

/// The file once; nothing when it became another one on the way.
Result<std::optional<Bytes>> read_once(const Desk& desk, VoteId vote, SecretFile file)
{
    Bytes bytes;
    std::optional<Digest> digest;
    for (;;) {
        ReadSecretFile wanted{vote, file, static_cast<std::uint32_t>(bytes.size())};
        const auto page = desk.page(wanted);
        if (!page) return page.error();
        if (digest && *digest != page->digest) return std::optional<Bytes>();
        digest = page->digest;
        const bool fits = page->total <= box_bytes_max && bytes.size() + page->content.size() <= page->total;
        if (!fits) return fault(Fault::not_found);
        bytes.insert(bytes.end(), page->content.begin(), page->content.end());
        if (bytes.size() == page->total) break;
        if (page->content.empty()) return fault(Fault::not_found);
    }
    if (sha256(bytes) != *digest) return fault(Fault::not_found);
    return std::optional(std::move(bytes));
}

} // namespace

Result<Bytes> read_secret_file(const Desk& desk, VoteId vote, SecretFile file)
{
    for (unsigned reading = 0; reading < readings_max; ++reading) {
        auto bytes = read_once(desk, vote, file);
        if (!bytes) return bytes.error();
        if (*bytes) return std::move(**bytes);
    }
    return fault(Fault::not_found);
}

Result<BoxFiles> read_box_files(const Desk& desk, const VoteView& view)
{
    BoxFiles files;
    auto question = desk.document(view.secret->roll->question);
    if (!question) return question.error();
    files.question = std::move(*question);
    const std::pair<SecretFile, Bytes*> wanted[] = {{SecretFile::list, &files.list},
                                                    {SecretFile::acknowledgements, &files.acknowledgements},
                                                    {SecretFile::box, &files.box}};
    for (const auto& [file, bytes] : wanted) {
        auto read = read_secret_file(desk, view.id, file);
        if (!read) return read.error();
        *bytes = std::move(*read);
    }
    auto people = desk.roll(view.id);
    if (!people) return people.error();
    files.people = std::move(*people);
    return files;
}

} // namespace plenum::trustee
