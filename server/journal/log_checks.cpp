#include "server/journal/log_checks.hpp"

namespace plenum::journal {
namespace {

using Finding = Recovery::Finding;

Fault fault_of(Finding finding)
{
    switch (finding) {
    case Finding::foreign: return Fault::bad_signature;
    case Finding::rolled_back: return Fault::rolled_back;
    case Finding::unwritable: return Fault::not_durable;
    default: return Fault::corrupt;
    }
}

bool is_genuine(const Frame& frame, const NoteVerifier& log_key)
{
    const auto checkpoint = open_checkpoint(frame.note, log_key);
    return checkpoint && checkpoint->origin == log_key.name && checkpoint->root == frame.root &&
           checkpoint->size == frame.first + frame.entries.size();
}

boost::system::error_code say(Recovery& report, Finding finding, std::string english, std::string chinese)
{
    report.finding = finding;
    report.english = std::move(english);
    report.chinese = std::move(chinese);
    return fault(fault_of(finding));
}

struct Words {
    const char* en;
    const char* zh;
};

/// The end of a sentence about the file.
Words words_of(Damage damage)
{
    switch (damage) {
    case Damage::segment_missing:
        return {"the file is missing though later ones exist", "文件缺失，但其后的文件存在"};
    case Damage::superblocks_unreadable:
        return {"neither copy of its superblock can be read", "两份超级块均无法读取"};
    case Damage::segment_of_another_log: return {"it belongs to another log", "它属于另一日志"};
    case Damage::segment_does_not_continue:
        return {"it does not continue the segment before it", "与前一文件不衔接"};
    case Damage::segment_has_another_length:
        return {"the file does not have the length it was made with", "文件长度与创建时不符"};
    case Damage::frame_does_not_continue:
        return {"a whole frame does not continue the one before it", "一个完整的帧与前一帧不衔接"};
    case Damage::frame_damaged:
        return {"a frame is damaged although sound ones follow it", "一个帧已损坏，而其后仍有完好的帧"};
    case Damage::not_signed:
        return {"its last checkpoint is not signed by this log's key", "其最后的检查点不是本日志密钥所签"};
    }
    return {"it is damaged", "已损坏"};
}

} // namespace

bool continues(const Head& head, const Superblock& superblock, std::uint64_t number)
{
    return superblock.number == number && superblock.first == head.size &&
           superblock.previous == head.last_frame && superblock.root == head.root &&
           superblock.epoch >= head.epoch;
}

bool continues(const Head& head, const Frame& frame, std::uint64_t epoch_max)
{
    return frame.first == head.size && frame.previous == head.last_frame && !frame.entries.empty() &&
           frame.wall_ms >= head.wall_ms && frame.epoch >= head.epoch && frame.epoch <= epoch_max;
}

Head head_after(const DecodedFrame& decoded)
{
    const auto& frame = decoded.frame;
    return {
        frame.first + frame.entries.size(), frame.root, decoded.hash, frame.epoch, frame.wall_ms, frame.note};
}

bool genuine_frame_follows(ByteView rest, std::uint64_t size, const NoteVerifier& log_key)
{
    for (std::uint64_t offset = 0; offset < rest.size(); offset += frame_alignment) {
        const auto decoded = decode_frame(rest.subspan(offset));
        if (decoded && decoded->frame.first >= size && is_genuine(decoded->frame, log_key)) return true;
    }
    return false;
}

bool is_signed(const Head& head, const NoteVerifier& log_key)
{
    const auto checkpoint = open_checkpoint(head.checkpoint, log_key);
    return checkpoint && checkpoint->size == head.size && checkpoint->root == head.root;
}

boost::system::error_code damaged(Recovery& report, std::uint64_t size, std::uint64_t number, Damage what)
{
    const bool foreign = what == Damage::segment_of_another_log || what == Damage::not_signed;
    const auto words = words_of(what);
    report.entries = size;
    const std::string entry = std::to_string(size);
    const std::string name = segment_name(number);
    return say(report, foreign ? Finding::foreign : Finding::damaged,
               "The journal must not be used: from entry " + entry + " on, in " + name + ", " + words.en +
                   ". Restore it from a mirror or an export; nothing was changed.",
               "日志不可使用：自第 " + entry + " 条记录起，" + name + "：" + words.zh +
                   "。请从镜像或导出件恢复；未作任何改动。");
}

boost::system::error_code unreadable(Recovery& report, std::uint64_t size, const std::string& name,
                                     boost::system::error_code error)
{
    report.entries = size;
    if (error == fault(Fault::not_durable)) {
        return say(report, Finding::unwritable,
                   "What was written to " + name +
                       " did not reach the disk. Check the disk before starting again.",
                   "写入 " + name + " 的内容未能落盘。请先检查磁盘，再重新启动。");
    }
    say(report, Finding::unreadable,
        "The operating system refused to open or read " + name + ": " + error.message() + ".",
        "操作系统拒绝打开或读取 " + name + "。");
    return error;
}

boost::system::error_code rolled_back(Recovery& report, std::uint64_t size, const Checkpoint& published)
{
    report.entries = size;
    return say(report, Finding::rolled_back,
               "The log holds " + std::to_string(size) + " entries, but a checkpoint of " +
                   std::to_string(published.size) +
                   " was published: an older copy of the disk was put in place, or its end was lost. "
                   "Restore the newest copy; nothing was changed.",
               "日志只有 " + std::to_string(size) + " 条记录，而已公布的检查点为 " +
                   std::to_string(published.size) +
                   " 条：磁盘被换成旧副本，或其末尾已丢失。请恢复最新副本；未作任何改动。");
}

boost::system::error_code contradicted(Recovery& report, std::uint64_t size, const Checkpoint& published)
{
    report.entries = size;
    const std::string entries = std::to_string(published.size);
    return say(report, Finding::damaged,
               "The log contradicts its own published checkpoint of " + entries +
                   " entries. Nothing was changed.",
               "日志与其已公布的 " + entries + " 条记录的检查点相矛盾。未作任何改动。");
}

boost::system::error_code without_checkpoint(Recovery& report)
{
    return say(report, Finding::damaged,
               "No published checkpoint in checkpoints/ can be read with this log's key.",
               "checkpoints/ 中没有可用本日志密钥读取的已公布检查点。");
}

} // namespace plenum::journal
