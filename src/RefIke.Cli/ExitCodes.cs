namespace RefIke.Cli;

/// <summary>What the process's exit code says.</summary>
internal static class ExitCodes
{
    public const int Held = 0;
    public const int Failed = 1;
    public const int BadInput = 2;
    public const int Undecided = 3;
}
