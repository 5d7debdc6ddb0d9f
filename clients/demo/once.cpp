#include "clients/demo/once.hpp"

#include "clients/demo/committee_course.hpp"
#include "clients/demo/congress_course.hpp"

namespace plenum::demo {

Tried<void> run_once(replay::Stage& stage, Mode mode, const std::string& bundle, Language language,
                     const std::shared_ptr<link::Transcript>& transcript)
{
    const Screen screen(language);
    if (auto served = stage.serve(); !served) return served.error();
    HelloAnswer known;
    std::string tracker;
    {
        link::PoolSettings network;
        network.transcript = transcript;
        Meeting meeting(stage.endpoint(), network);
        if (mode == Mode::congress) {
            if (auto played = play_congress(meeting, stage, screen); !played) return played.error();
        } else {
            const auto played = play_committee(meeting, stage, screen);
            if (!played) return played.error();
            tracker = *played;
        }
        if (meeting.hall.lost() != 0) return replay::trouble("a console lost its connection");
        known = meeting.hall.hello(meeting.members.back());
    }
    if (transcript && !transcript->is_whole()) return replay::trouble("the transcript cannot be written");
    if (auto stopped = stage.stop(); !stopped) return stopped.error();
    // The boxes are in it, and everything an auditor asks for.
    const Wanted wanted{bundle, tracker.empty() ? "" : "--auditor", tracker};
    return export_and_verify(stage, known, wanted, language, screen);
}

} // namespace plenum::demo
