#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace plenum::intake {

/// How the bytes of a file spell its text: as everything new does, or as Excel on a Chinese Windows does.
enum class Encoding { utf8, gb18030 };

/// Which of the two a file without byte order mark is in. What is not UTF-8 is taken for GB18030, except when
/// most of it beyond ASCII is Chinese in UTF-8: that is UTF-8 with something broken in it, and would turn
/// into other people's names.
Encoding encoding_of(std::string_view bytes);

/// Whether bytes that decode as GB18030 read like a text somebody wrote in it. Nearly every pair of bytes is
/// some character in GB18030, so names in Big5 decode without an error and become other people's; they show
/// by being mostly characters outside of GB 2312, which no ordinary text is written in.
bool reads_like_gb18030(std::string_view bytes);

/// Turns pieces of such a file into UTF-8. Not thread-safe.
class Decoder {
public:
    explicit Decoder(Encoding encoding);
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// Nothing when the bytes are not of this encoding, or, in GB18030, hold a character of somebody's own
    /// making (自造字): what it looks like only the machine it was made on knows.
    std::optional<std::string> decode(std::string_view bytes) const;

private:
    struct Converter;
    std::unique_ptr<Converter> converter_; ///< none for UTF-8
};

} // namespace plenum::intake
