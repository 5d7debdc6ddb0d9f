# plenum_library(FOLDER LINKS ...): the static library of one folder. Other folders are named by their path.
# plenum_program(NAME FOLDER LINKS ...): an executable from the sources of one folder (not of its subfolders).

function(plenum_target_of folder out)
    string(REPLACE "/" "_" name ${folder})
    if(TARGET plenum_${name})
        set(${out} plenum_${name} PARENT_SCOPE)
    else()
        set(${out} ${folder} PARENT_SCOPE)
    endif()
endfunction()

function(plenum_link target)
    foreach(link IN LISTS ARGN)
        plenum_target_of(${link} found)
        target_link_libraries(${target} PUBLIC ${found})
    endforeach()
endfunction()

function(plenum_library folder)
    cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
    string(REPLACE "/" "_" name ${folder})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    add_library(plenum_${name} STATIC ${sources})
    target_link_libraries(plenum_${name} PUBLIC plenum_compiler)
    plenum_link(plenum_${name} ${ARG_LINKS})
    plenum_reuse_precompiled(plenum_${name})
endfunction()

# plenum_embed(FOLDER TEXT HEADER NAME NAMESPACE): a text of the tree as a constant that the library of FOLDER includes.
function(plenum_embed folder text header name namespace)
    string(REPLACE "/" "_" target plenum_${folder})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${text})
    file(READ ${CMAKE_SOURCE_DIR}/${text} content)
    set(out ${CMAKE_BINARY_DIR}/embedded/${header})
    file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
        "#pragma once\n\nnamespace @namespace@ {\n\n/// The text of @text@.\ninline constexpr const char* @name@ = R\"text(@content@)text\";\n\n} // namespace @namespace@\n")
    target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/embedded)
endfunction()

# plenum_precompile(FOLDER): reads the vocabulary once for all targets. Half of the time a file takes to compile goes into
# Boost.JSON and Boost.Describe; sources still include what they use, so a build without it works the same.
function(plenum_precompile folder)
    target_precompile_headers(plenum_${folder} PRIVATE
        ${CMAKE_SOURCE_DIR}/protocol/rpc.hpp ${CMAKE_SOURCE_DIR}/protocol/query.hpp
        ${CMAKE_SOURCE_DIR}/protocol/roster.hpp <functional> <map> <memory> <set>)
endfunction()

function(plenum_reuse_precompiled target)
    if(NOT target STREQUAL plenum_protocol)
        target_precompile_headers(${target} REUSE_FROM plenum_protocol)
    endif()
endfunction()

# The sources of a program beside main.cpp form a library too, so that tests reach them.
function(plenum_program program folder)
    cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
    string(REPLACE "/" "_" name ${folder})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
    add_executable(${program} ${CMAKE_SOURCE_DIR}/${folder}/main.cpp)
    if(sources)
        add_library(plenum_${name} STATIC ${sources})
        target_link_libraries(plenum_${name} PUBLIC plenum_compiler)
        plenum_link(plenum_${name} ${ARG_LINKS})
        target_link_libraries(${program} PRIVATE plenum_${name})
    else()
        target_link_libraries(${program} PRIVATE plenum_compiler)
        foreach(link IN LISTS ARG_LINKS)
            plenum_target_of(${link} found)
            target_link_libraries(${program} PRIVATE ${found})
        endforeach()
    endif()
endfunction()

function(plenum_link_private target)
    foreach(link IN LISTS ARGN)
        plenum_target_of(${link} found)
        target_link_libraries(${target} PRIVATE ${found})
    endforeach()
endfunction()
