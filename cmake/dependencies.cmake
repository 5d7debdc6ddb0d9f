# Everything comes from Debian 12 packages (scripts/setup installs them); nothing is vendored.

find_package(Boost 1.81 REQUIRED COMPONENTS json system unit_test_framework)
find_package(OpenSSL 3 REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(LibArchive REQUIRED)
find_package(Threads REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Decaf REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)

add_library(sodium ALIAS PkgConfig::sodium)
add_library(archive ALIAS LibArchive::LibArchive)
add_library(openssl INTERFACE)
target_link_libraries(openssl INTERFACE OpenSSL::SSL OpenSSL::Crypto Threads::Threads)

# Asio and Beast are compiled once, in a library of their own: gateway and link use it side by side.
set(asio_source ${CMAKE_BINARY_DIR}/asio.cpp)
file(CONFIGURE OUTPUT ${asio_source} CONTENT
    "#include <boost/asio/impl/src.hpp>\n#include <boost/asio/ssl/impl/src.hpp>\n#include <boost/beast/src.hpp>\n")
add_library(asio STATIC ${asio_source})
target_link_libraries(asio PUBLIC plenum_compiler Boost::boost openssl)
