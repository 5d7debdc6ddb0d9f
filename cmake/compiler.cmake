# Compiler settings shared by every target: warnings are errors, assertions stay on, sanitizers by preset.

set(PLENUM_SANITIZE "" CACHE STRING "address (with undefined) or thread")

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(PLENUM_CCACHE ccache)
    if(PLENUM_CCACHE)
        # The base directory lets another clone of the same sources use the same cache; the sloppiness is what ccache asks
        # for before it caches anything compiled with a precompiled header.
        set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
            CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
            ${CMAKE_SOURCE_DIR}/cmake/launch_compiler)
    endif()
endif()

# -O2 without NDEBUG: Beast's own assertions guard against two reads or writes in flight, and we want them in production.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -D_FORTIFY_SOURCE=2")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
if(PLENUM_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Compiling is most of a sanitizer run on two cores. Unoptimised Clang needs a third of the time of GCC -O1.
    set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
endif()

add_library(plenum_compiler INTERFACE)
target_include_directories(plenum_compiler INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(plenum_compiler INTERFACE -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # GCC's warnings are the rule; Clang 14 compiles for the sanitizers and the fuzzer only. Without the time in it a
    # precompiled header is the same every time, which ccache needs.
    target_compile_options(plenum_compiler INTERFACE -w "SHELL:-Xclang -fno-pch-timestamp")
else()
    target_compile_options(plenum_compiler INTERFACE
        -fpch-preprocess -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
    if(CMAKE_UNITY_BUILD)
        # A class that holds what only its source knows looks like one of a header there; `debug` keeps the warning.
        target_compile_options(plenum_compiler INTERFACE -Wno-subobject-linkage)
    endif()
endif()
target_compile_definitions(plenum_compiler INTERFACE
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
    BOOST_ASIO_DISABLE_BOOST_COROUTINE)

if(PLENUM_SANITIZE)
    # Two dozen programs full of checks are linked in a fifth of the time.
    find_program(PLENUM_LLD ld.lld)
    if(PLENUM_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        target_link_options(plenum_compiler INTERFACE -fuse-ld=lld)
    endif()
    target_compile_definitions(plenum_compiler INTERFACE PLENUM_SANITIZED)
endif()
if(PLENUM_SANITIZE STREQUAL "address")
    # Tests are watched for their memory only: the checks for undefined behaviour are half of the time a test takes to
    # compile, and stand in what it tests.
    target_compile_options(plenum_compiler INTERFACE
        -fsanitize=address $<$<NOT:$<BOOL:$<TARGET_PROPERTY:PLENUM_IS_TEST>>>:-fsanitize=undefined>
        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    # It asks through a pipe whether an object can be read, and a test of the gateway leaves no descriptor for one.
    target_compile_options(plenum_compiler INTERFACE -fno-sanitize=vptr)
    target_link_options(plenum_compiler INTERFACE -fsanitize=address,undefined)
elseif(PLENUM_SANITIZE STREQUAL "thread")
    target_compile_options(plenum_compiler INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
    target_link_options(plenum_compiler INTERFACE -fsanitize=thread)
elseif(NOT PLENUM_SANITIZE STREQUAL "")
    message(FATAL_ERROR "PLENUM_SANITIZE must be address or thread")
endif()
