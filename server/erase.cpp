#include "server/commands.hpp"
#include "server/data_directory.hpp"

#include <algorithm>
#include <memory>

// plenum erase: takes a private value out of the data directory for good. The record keeps its salted hash,
// so every proof holds; nobody can read the value any more, and no copy of the record ever held it.

namespace plenum {
namespace {

struct EraseOptions {
    std::string data;
    std::string digest;
};

struct Named {
    std::uint64_t seq = 0;
    std::string kind;
};

/// The entry that names this private value; nothing when none does, so that no public document is ever lost.
std::optional<Named> entry_naming(journal::JournalStore& store, const Digest& digest)
{
    std::optional<Named> named;
    const auto read = store.read_from(0, [&](std::uint64_t seq, std::string_view bytes) {
        const auto entry = decode_entry(bytes);
        if (!entry) return false;
        const auto values = private_blobs_of(entry->event);
        if (std::ranges::find(values, digest) == values.end()) return true;
        named = Named{seq, std::string(kind_of(entry->event))};
        return false;
    });
    return read ? named : std::nullopt;
}

int run_erase(const EraseOptions& options)
{
    const auto digest = digest_from_hex(options.digest);
    if (!digest)
        return end_of_program("erase", exit_usage,
                              {"摘要应为64位十六进制", "the digest is 64 hexadecimal digits"});
    auto data = open_data_directory(options.data);
    if (!data)
        return end_of_program("erase", exit_code_of(data.error().fault),
                              {"无法打开数据目录", data.error().sentence});
    const auto named = entry_naming(*data->store, *digest);
    if (!named) {
        return end_of_program("erase", exit_failed,
                              {"记录中没有这样的非公开内容", "the record names no private value like this"});
    }
    const bool was_there = data->privates->contains(*digest);
    if (const auto erased = data->privates->erase(*digest); !erased) {
        return end_of_program("erase", exit_code_of(static_cast<Fault>(erased.error().value())),
                              {"未能清除", "it could not be erased: " + erased.error().message()});
    }
    std::printf("%s: %llu %s\n", was_there ? "已清除 / erased" : "此前已清除 / was erased before",
                static_cast<unsigned long long>(named->seq), named->kind.c_str());
    return exit_ok;
}

} // namespace

void add_erase(CLI::App& app, std::function<int()>& run)
{
    auto options = std::make_shared<EraseOptions>();
    auto* command = app.add_subcommand(
        "erase", "清除一项非公开内容 / erase a private value for good (the server must be stopped)");
    command->add_option("--data", options->data, "数据目录 / data directory")->required();
    command
        ->add_option("digest", options->digest, "记录中的摘要，十六进制 / its digest in the record, in hex")
        ->required();
    command->callback([options, &run] { run = [options] { return run_erase(*options); }; });
}

} // namespace plenum
