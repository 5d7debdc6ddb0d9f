// Runs a fuzz target without a fuzzer: every file of a folder, then as many changed copies of each as asked
// for, the same ones every time. So GCC builds and every test run get a small fuzz run for nothing.
//
//     <target> FOLDER [CHANGES]     the input that breaks the target is left behind as <target>.failure
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace fs = std::filesystem;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

constexpr std::size_t input_bytes_max = 256 * 1024;
constexpr int changes_default = 2000;
constexpr int changes_at_once_max = 4;

const Input* running = nullptr;
std::string failure_path;

/// The process is lost already, so what is not safe in a signal handler can make nothing worse.
void keep_input(int signal)
{
    if (running != nullptr) {
        if (std::FILE* file = std::fopen(failure_path.c_str(), "wb")) {
            std::fwrite(running->data(), 1, running->size(), file);
            std::fclose(file);
            std::fprintf(stderr, "the input of %zu bytes is in %s\n", running->size(), failure_path.c_str());
        }
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(const Input& input)
{
    running = &input;
    // A block of exactly this size, so that AddressSanitizer sees one byte too many being read.
    const auto exact = std::make_unique<std::uint8_t[]>(input.size());
    std::copy(input.begin(), input.end(), exact.get());
    LLVMFuzzerTestOneInput(exact.get(), input.size());
    running = nullptr;
}

class Changer {
public:
    explicit Changer(const std::vector<Input>& corpus) : corpus_(corpus) {}

    Input change(Input input)
    {
        for (std::size_t n = 1 + below(changes_at_once_max); n > 0; --n)
            change_once(input);
        if (input.size() > input_bytes_max) input.resize(input_bytes_max);
        return input;
    }

private:
    std::size_t below(std::size_t bound)
    {
        return bound == 0 ? 0 : static_cast<std::size_t>(random_() % bound);
    }
    std::ptrdiff_t place(const Input& input) { return static_cast<std::ptrdiff_t>(below(input.size() + 1)); }

    void change_once(Input& input)
    {
        const auto kind = below(8);
        if (input.empty() && kind < 4) return;
        switch (kind) {
        case 0: input[below(input.size())] ^= static_cast<std::uint8_t>(1u << below(8)); break;
        // Headers stand at the front, and there a change matters most.
        case 1:
            input[below(std::min<std::size_t>(input.size(), 128))] ^= static_cast<std::uint8_t>(below(256));
            break;
        case 2: overwrite_with_a_number(input); break;
        case 3: input.resize(below(input.size())); break;
        case 4: input.insert(input.begin() + place(input), static_cast<std::uint8_t>(below(256))); break;
        case 5: input.insert(input.end(), below(64), std::uint8_t{0}); break;
        case 6: erase_some(input); break;
        case 7: splice(input, corpus_[below(corpus_.size())]); break;
        default: break;
        }
    }

    /// Numbers at which lengths and counts go wrong, in either byte order.
    void overwrite_with_a_number(Input& input)
    {
        static constexpr std::uint64_t numbers[] = {0,          1,          2,         0x7F,    0x80,
                                                    0xFF,       0x100,      0xFFFF,    0x10000, 0x7FFFFFFF,
                                                    0x80000000, 0xFFFFFFFF, UINT64_MAX};
        const std::uint64_t number = numbers[below(std::size(numbers))];
        const std::size_t width = std::size_t{1} << below(4);
        const bool big_endian = below(2) == 1;
        const std::size_t at = below(input.size());
        for (std::size_t i = 0; i < width && at + i < input.size(); ++i) {
            const std::size_t shift = 8 * (big_endian ? width - 1 - i : i);
            input[at + i] = static_cast<std::uint8_t>(number >> shift & 0xFF);
        }
    }

    void erase_some(Input& input)
    {
        const std::size_t at = below(input.size());
        const std::size_t count = std::min(below(16), input.size() - at);
        const auto begin = input.begin() + static_cast<std::ptrdiff_t>(at);
        input.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    }

    void splice(Input& input, const Input& other)
    {
        const std::size_t from = below(other.size());
        const std::size_t count = std::min(below(256), other.size() - from);
        const auto begin = other.begin() + static_cast<std::ptrdiff_t>(from);
        input.insert(input.begin() + place(input), begin, begin + static_cast<std::ptrdiff_t>(count));
    }

    const std::vector<Input>& corpus_;
    std::mt19937_64 random_{20230305}; // seeded: a failure comes back
};

std::vector<Input> read_corpus(const char* folder)
{
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file()) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Input> corpus;
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return corpus;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2 || argc > 3) {
        std::fprintf(stderr, "usage: %s FOLDER [CHANGES]\n", argv[0]);
        return 2;
    }
    failure_path = fs::path(argv[0]).filename().string() + ".failure";
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL})
        std::signal(signal, keep_input);

    const std::vector<Input> corpus = read_corpus(argv[1]);
    if (corpus.empty()) {
        std::fprintf(stderr, "%s holds no files: nothing was tried\n", argv[1]);
        return 1;
    }
    run({});
    const int changes = argc == 3 ? std::atoi(argv[2]) : changes_default;
    Changer changer(corpus);
    for (const Input& input : corpus) {
        run(input);
        for (int i = 0; i < changes; ++i)
            run(changer.change(input));
    }
    std::printf("%zu files, %d changed copies of each\n", corpus.size(), changes);
    return 0;
}
