using System.CommandLine;

namespace RefIke.Cli.CommandLine;

/// <summary>An option that takes a path.</summary>
internal sealed class FileOption : Option<string?>
{
    public FileOption(string name, string description, bool required = false) : base(name)
        => (Description, HelpName, Required) = (description, "file", required);
}
