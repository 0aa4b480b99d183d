// laser-owner [SECONDS]: holds the attached instrument's laser on until it is killed or the lease ends; the owner
// that the laser guard outlives.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <unistd.h>

#include "instrument/discovery.hpp"
#include "instrument/laser.hpp"

namespace {

namespace asio = boost::asio;
namespace instrument = singel::instrument;
using namespace std::chrono_literals;

asio::awaitable<void> lit(instrument::Laser& laser) {
    std::puts("on");
    std::fflush(stdout);
    co_await laser.wait(50s);
}

asio::awaitable<void> own(std::chrono::seconds lease) {
    const auto spectrometer = co_await instrument::open("");
    instrument::Laser& laser = *spectrometer->laser();
    const instrument::LaserLease terms{
        .duration = lease, .physical_interlock = true, .beam = instrument::Beam::closed};
    std::function<asio::awaitable<void>()> body = [&laser] { return lit(laser); };
    co_await instrument::with_laser(laser, terms, std::move(body));
    co_await spectrometer->close();
}

}  // namespace

int main(int count, char** arguments) {
    const std::chrono::seconds lease(count > 1 ? std::atoi(arguments[1]) : 59);
    asio::io_context io(1);
    int code = 0;
    asio::co_spawn(io, own(lease), [&code](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "laser owner: %s\n", error.what());
            code = 1;
        }
    });
    io.run();
    return code;
}
