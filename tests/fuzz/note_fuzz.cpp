// Property: whatever the bytes, the short texts that stand in files beside the log, in addresses and on
// access cards are read or refused, and what is accepted is written the same again.
#include "protocol/access_code.hpp"
#include "protocol/note.hpp"
#include "protocol/role.hpp"

#include <array>
#include <cstdlib>

using namespace plenum;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = text_of({data, size});
    // The key and origin of schemas/vectors/bundle_v1.plenum, whose notes are the corpus.
    static const SigningKey key(std::array<std::uint8_t, 32>{7});
    static const auto verifier = note_verifier("plenum.example/assembly-2026", key.public_key());

    if (const auto other = verifier_from_vkey(text); other && to_vkey(*other) != text) std::abort();
    if (const auto point = checkpoint_from_text(text); point && to_text(*point) != text) std::abort();
    if (const auto actor = actor_from_text(text); actor && to_text(*actor) != text) std::abort();
    if (const auto digest = digest_from_text(text); digest && to_text(*digest) != text) std::abort();
    if (const auto digest = digest_from_hex(text); digest && to_hex(*digest).size() != size) std::abort();
    // Nobody but the key's holder can have signed what opens.
    if (const auto signed_text = open_note(text, verifier)) {
        if (text.find(*signed_text) != 0) std::abort();
    }
    if (const auto point = open_checkpoint(text, verifier)) {
        const auto again = open_checkpoint(sign_checkpoint(*point, key), verifier);
        if (!again || *again != *point) std::abort();
    }
    if (const auto code = access_code_from_text(text)) {
        const auto again = access_code_from_text(code->reveal());
        if (!again || again->hash() != code->hash()) std::abort();
    }
    return 0;
}
