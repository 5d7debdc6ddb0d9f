// Property: whatever a server sends a key holder's program about one secret vote, in the place of one true
// file or view, the program answers; it gives a share for the true box alone, or for another one in which
// everything holds by the reference; and a file it was given has the digest it was promised. The first byte
// chooses what is changed.
#include "protocol/ballot/verify.hpp"
#include "tests/clients/trustee/holder_program.hpp"
#include "tests/fuzz/property.hpp"

using namespace plenum;
using namespace plenum::trustee;

namespace {

constexpr std::uint32_t page_bytes = 64 * 1024;

const Told& truth()
{
    static const Told told = house().told();
    return told;
}

/// By one equation after the other, and of somebody on the list.
bool holds_by_the_reference(ByteView file)
{
    const auto box = ballot::decode_box(house().terms(), file);
    if (!box) return false;
    return std::ranges::all_of(box->ballots, [](const Bytes& bytes) {
        const auto checked = ballot::verify_ballot(bytes, house().terms());
        return checked && std::ranges::binary_search(house().list.pseudonyms, checked->pseudonym());
    });
}

/// The figures as the box itself has them, so that what is inside is looked at.
void tell_figures_of(Told& told, ByteView file)
{
    auto& said = *told.view.secret->box;
    said.file = sha256(file);
    const auto box = ballot::decode_box(house().terms(), file);
    if (!box) return;
    said.root = ballot::BoxTree(*box).root();
    said.ballots = static_cast<std::uint32_t>(box->ballots.size());
    said.spoils = static_cast<std::uint32_t>(box->spoils.size());
}

/// False when the bytes are no such thing.
template <class View>
bool read_into(View& view, ByteView bytes)
{
    const auto json = parse_json(text_of(bytes));
    if (!json) return false;
    auto read = from_json<View>(*json);
    if (!read) return false;
    view = std::move(*read);
    return true;
}

/// What is told, with the bytes in one place; nothing when they are nothing a program would take in.
std::optional<Told> told_with(std::uint8_t where, ByteView view)
{
    auto told = truth();
    const Bytes bytes(view.begin(), view.end());
    switch (where) {
    case 0: told.files[SecretFile::list] = bytes; return told;
    case 1: told.files[SecretFile::acknowledgements] = bytes; return told;
    case 2:
        told.files[SecretFile::box] = bytes;
        tell_figures_of(told, bytes);
        return told;
    case 3: told.files[SecretFile::confirmations] = bytes; return told;
    case 4:
        told.view.secret->roll->question = sha256(bytes);
        told.documents[sha256(bytes)] = bytes;
        return told;
    case 5:
        if (!read_into(told.people, bytes)) return std::nullopt;
        return told;
    case 6:
        if (!read_into(told.view, bytes)) return std::nullopt;
        return told;
    default:
        if (!read_into(told.keys, bytes)) return std::nullopt;
        return told;
    }
}

void check_program(const Told& told)
{
    auto keys = house().keys();
    FakeServer server(told);
    server.page_bytes = page_bytes;
    ballot::RepeatableRandomness randomness(5);
    SecretVotes votes(keys, PersonId{100}, HolderHouse::log(), {}, server.desk(), randomness);
    require(votes.begin_line(1000).has_value());
    require(votes.take(server.told.keys).has_value());
    require(votes.take(server.told.view).has_value());
    require(server.given.size() <= 1 && server.given.size() == keys.given.size());
    for (const auto& words : server.said)
        require(!words.zh.empty() && !words.en.empty());
    if (server.given.empty()) return;
    // Every console signed this list, and more than two thirds of them this root.
    const auto& said = *server.told.view.secret;
    const auto& held = *truth().view.secret;
    require(said.roll->round == held.roll->round && said.roll->roll_root == held.roll->roll_root);
    require(said.roll->list_length == held.roll->list_length && said.box->root == held.box->root);
    require(said.roll->vote_generator == held.roll->vote_generator && said.vote_id == held.vote_id);
    require(server.told.view.present == house().voters.size());
    require(server.told.files[SecretFile::list] == truth().files.at(SecretFile::list));
    require(server.told.files[SecretFile::acknowledgements] ==
            truth().files.at(SecretFile::acknowledgements));
    require(server.told.files[SecretFile::box] == truth().files.at(SecretFile::box));
    require(holds_by_the_reference(server.told.files[SecretFile::box]));
    require(3 * server.given.front().confirmed > 2 * house().voters.size());
    require(!server.given.front().overridden);
}

/// The box alone, without what consoles said of its root.
void check_box_alone(ByteView bytes)
{
    auto told = truth();
    tell_figures_of(told, bytes);
    ballot::RepeatableRandomness randomness(5);
    const auto keys = house().keys();
    static const auto election =
        own_election(keys.shares.front(), keys.signing_key().public_key(), truth().keys).value();
    const BoxFiles files{told.documents.begin()->second,
                         told.files[SecretFile::list],
                         told.files[SecretFile::acknowledgements],
                         {bytes.begin(), bytes.end()},
                         told.people};
    const auto checked = check_box(told.view, files, election, {}, randomness);
    require(checked || !checked.error().words.en.empty());
    require(!checked || holds_by_the_reference(bytes));
}

/// Pages one after another: u8 of which the digest is made, u32 total, u32 length, content.
void check_pages(ByteView bytes)
{
    Reader reader(bytes);
    Desk desk;
    desk.page = [&](const ReadSecretFile&) -> Result<SecretFilePage> {
        if (reader.at_end() || !reader.ok()) return fault(Fault::io_error);
        SecretFilePage page;
        page.digest.bytes.fill(reader.u8());
        page.total = reader.u32();
        const std::size_t length = reader.u32();
        const auto content = reader.raw(std::min(length, reader.rest().size()));
        page.content.assign(content.begin(), content.end());
        // Half of the time that of exactly this page.
        if (page.digest.bytes.front() % 2 == 1) page.digest = sha256(page.content);
        return page;
    };
    const auto file = read_secret_file(desk, house().vote, SecretFile::box);
    require(file || file.error() == make_error_code(Fault::io_error) ||
            file.error() == make_error_code(Fault::not_found));
    require(!file || file->size() <= bytes.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    const auto where = static_cast<std::uint8_t>(data[0] % 10);
    if (where == 8) {
        check_box_alone(bytes);
    } else if (where == 9) {
        check_pages(bytes);
    } else if (const auto told = told_with(where, bytes)) {
        check_program(*told);
    }
    return 0;
}
